#!/usr/bin/env python3
"""Read every RDF syntax that the program wrote with rdflib, and see that all say the same.

    rdf_readable.py FOLDER...

Each folder holds graph.ttl, .nt, .nq, .trig, .rdf and .jsonld of one graph. Statements are counted over all named
graphs, each once. Ends with a line "rdf_readable: N passed"; exit code 1 when a check fails.
"""
import pathlib
import re
import sys

import rdflib
from rdflib.namespace import RDF, RDFS

SYNTAXES = {"ttl": "turtle", "nt": "nt", "nq": "nquads", "trig": "trig", "rdf": "xml", "jsonld": "json-ld"}
CHINESE = re.compile("[\u4e00-\u9fff]")
# What XML 1.0 can't hold, the program writes as U+FFFD.
UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def plain(term):
    """A term as text; literals without what XML can't hold."""
    if isinstance(term, rdflib.Literal):
        return (UNSAFE.sub("\ufffd", str(term)), str(term.datatype or ""), (term.language or "").lower())
    return str(term)


def read(path, syntax):
    dataset = rdflib.Dataset()
    dataset.parse(path, format=syntax)
    graphs = {str(g) for _, _, _, g in dataset.quads() if g and not str(g).startswith("urn:x-rdflib")}
    return {tuple(map(plain, quad[:3])) for quad in dataset.quads()}, graphs


def main():
    passed, failed = 0, 0

    def check(holds, what):
        nonlocal passed, failed
        passed, failed = passed + bool(holds), failed + (not holds)
        if not holds:
            print("FAILED:", what)

    for folder in map(pathlib.Path, sys.argv[1:]):
        all_triples = {}
        for ending, syntax in SYNTAXES.items():
            path = folder / f"graph.{ending}"
            try:
                triples, graphs = read(path, syntax)
            except Exception as error:  # whatever a parser throws is a finding
                check(False, f"{path}: {error}")
                continue
            all_triples[ending] = triples
            print(f"{path}: {len(triples)} triples, {len(graphs)} named graphs")
            labels = [o for s, p, o in triples if p == str(RDFS.label) and CHINESE.search(o[0])]
            check(labels, f"{path}: no Chinese label")
            check(any(p == str(RDF.type) and o == str(RDF.Statement) for s, p, o in triples), f"{path}: no fact node")
            if ending in ("nq", "trig"):
                check(graphs, f"{path}: no named graph")
        for ending, triples in all_triples.items():
            lost = all_triples.get("nt", set()) ^ triples
            check(not lost, f"{folder}/graph.{ending} and graph.nt differ: {sorted(map(str, lost))[:4]}")
    print(f"rdf_readable: {passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
