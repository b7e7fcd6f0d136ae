"""Tests of the translation from and into FHIR.

The folder shares its name with the library fhir.resources, whose modules are looked for in its own place too.
"""

from pkgutil import extend_path

__path__ = extend_path(__path__, __name__)
