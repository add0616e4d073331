"""Runs a program of the documents against the service that README_SERVICE names.

    launch.py PROGRAM [ARGUMENT ...]

So they can be printed as users write them, for the real service.
"""

import os
import runpy
import sys

import vsdk

vsdk.config(api_base_url=os.environ["README_SERVICE"])
program = sys.argv.pop(1)
runpy.run_path(program, run_name="__main__")
