"""Prints what this Python can do for gradus, as one line of JSON."""

import importlib.metadata
import json
import sys


def version(package):
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


print(
    json.dumps(
        {
            "executable": sys.executable,
            "prefix": sys.prefix,
            "version": list(sys.version_info[:3]),
            "isVenv": sys.prefix != sys.base_prefix,
            "jupyterlab": version("jupyterlab"),
            "nbclient": version("nbclient"),
            "sklearn": version("scikit-learn"),
        }
    )
)
