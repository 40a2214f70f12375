"""Runs cells in our kernel with nbclient and prints what the notebook then holds, as one JSON object."""

import json
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

cells = json.loads(sys.stdin.read())
notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
failure = None
try:
    NotebookClient(notebook, kernel_name="gradus", timeout=120, coalesce_streams=True).execute()
except CellExecutionError as error:
    failure = {"ename": error.ename, "evalue": error.evalue, "text": str(error)}
print(json.dumps({"outputs": [cell.outputs for cell in notebook.cells], "failure": failure}))
