#!/usr/bin/env python3
"""What can be told of Conan's recipes without Conan: they parse, Conan calls each method, and what is copied is there.

conan_recipes.py PROJECT
"""

import ast
import fnmatch
import pathlib
import sys

CALLED_BY_CONAN = {"build", "export_sources", "layout", "package", "package_id", "package_info", "requirements", "test",
                   "validate"}


def faults(recipe, project):
    tree = ast.parse(recipe.read_text(encoding="utf-8"), str(recipe))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    if [ast.unparse(base) for node in classes for base in node.bases] != ["ConanFile"]:
        yield "a recipe is one class, and a ConanFile"
    for method in (node for made in classes for node in made.body if isinstance(node, ast.FunctionDef)):
        if method.name not in CALLED_BY_CONAN:
            yield f"line {method.lineno}: Conan calls no method {method.name}()"
    files = [path.relative_to(project).as_posix() for path in (project / "LICENSE", *project.glob("include/**/*.hpp"))]
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if ast.unparse(call.func) == "copy":
            pattern = ast.literal_eval(call.args[1])
            if not fnmatch.filter(files, pattern):  # as Conan does: a star stands for slashes, too
                yield f"line {call.lineno}: nothing matches '{pattern}'"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    project = pathlib.Path(sys.argv[1])
    recipes = sorted((project / "packaging" / "conan").rglob("conanfile.py"))
    found = [f"{recipe}: {fault}" for recipe in recipes for fault in faults(recipe, project)]
    if found or len(recipes) != 2:
        sys.exit("\n".join(found) or f"there are {len(recipes)} recipes")


if __name__ == "__main__":
    main()
