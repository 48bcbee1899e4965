//! Writing: problems to standard error, files whole or not at all.

use std::fs;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use tempfile::Builder;

use crate::problem::{Place, Problem, visible};

/// Shows a problem on standard error.
pub(super) fn report(problem: &Problem) {
    // When standard error is closed there is nowhere to say so.
    let _ = writeln!(io::stderr(), "{problem}");
}

/// A fault of the program itself, met in `place`.
pub(super) fn internal(place: &str, message: &str) -> Problem {
    let remedy = "this is a fault of pactgraph, not of the input: please report it with the input";
    Problem::error(Place::file(place), format!("internal error: {message}"), remedy)
}

/// What an error of writing means to the user.
pub(super) fn unwritable(place: &str, error: &io::Error) -> Problem {
    let remedy = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "free some space, or write elsewhere",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "choose a place that you may write to",
        _ => "check the place and its disk",
    };
    // The path of the file beside the target says nothing to the user.
    let error = error.to_string();
    let reason = error.split(" at path ").next().unwrap_or(&error);
    Problem::error(Place::file(place), format!("can't be written: {reason}"), remedy)
}

/// Makes a folder and those above it.
pub(super) fn make_folder(folder: &Path) -> Result<(), Problem> {
    fs::create_dir_all(folder).map_err(|error| match folder.is_file() {
        true => Problem::error(Place::file(folder.to_string_lossy()), "is a file", "give -o a folder"),
        false => unwritable(&folder.to_string_lossy(), &error),
    })
}

/// Writes a file beside its place and moves it there when it is whole.
pub(super) fn write_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Problem> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = Builder::new();
    builder.prefix(".pactgraph-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any program makes files: the user's mask takes away what it takes away.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let written = builder.tempfile_in(folder).and_then(|file| {
        let mut buffer = BufWriter::with_capacity(1 << 18, file);
        write(&mut buffer)?;
        let file = buffer.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.persist(path).map_err(|error| error.error)
    });
    written.map(drop).map_err(|error| unwritable(&path.to_string_lossy(), &error))
}

/// Standard output, buffered; to a terminal, what could steer it is shown as escapes.
pub(super) fn to_stdout<E: From<io::Error>>(write: impl FnOnce(&mut dyn Write) -> Result<(), E>) -> Result<(), E> {
    let stdout = io::stdout();
    if !stdout.is_terminal() {
        let mut buffer = BufWriter::with_capacity(1 << 16, stdout.lock());
        write(&mut buffer)?;
        return Ok(buffer.flush()?);
    }
    let mut bytes = Vec::new();
    write(&mut bytes)?;
    let mut stdout = stdout.lock();
    for line in String::from_utf8_lossy(&bytes).split_inclusive('\n') {
        let (text, end) = line.strip_suffix('\n').map_or((line, ""), |text| (text, "\n"));
        let parts: Vec<_> = text.split('\t').map(visible).collect();
        write!(stdout, "{}{end}", parts.join("\t"))?;
    }
    Ok(stdout.flush()?)
}
