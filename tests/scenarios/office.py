"""LibreOffice as a second opinion: what it makes of a file on saving, and how it accepts and rejects changes."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

ACCEPT, REJECT = ".uno:AcceptAllTrackedChanges", ".uno:RejectAllTrackedChanges"
SAVE = ""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_BASIC = """Sub Settle(source As String, command As String, target As String)
  Dim args(0) As New com.sun.star.beans.PropertyValue
  args(0).Name = "Hidden"
  args(0).Value = True
  Dim doc As Object
  doc = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, args())
  If command &lt;&gt; "save" Then
    dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
    dispatcher.executeDispatch(doc.CurrentController.Frame, command, "", 0, Array())
  End If
  Dim out(0) As New com.sun.star.beans.PropertyValue
  out(0).Name = "FilterName"
  out(0).Value = "MS Word 2007 XML"
  doc.storeToURL(ConvertToURL(target), out())
  doc.close(True)
End Sub
"""


def available() -> bool:
    return shutil.which("soffice") is not None


class Office:
    """One LibreOffice with a profile of its own, which holds the macro that loads, changes and saves."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._profile = folder / "profile"
        self._soffice("--terminate_after_init")  # makes the profile: a macro put there before would be swept away
        basic = self._profile / "user" / "basic"
        library = 'xmlns:library="http://openoffice.org/2000/library"'
        place = '"Standard" library:link="false"'
        _write(
            basic / "script.xlc",
            f"{_doctype('libraries')}<library:libraries {library}><library:library library:name={place}/>"
            "</library:libraries>",
        )
        _write(
            basic / "Standard" / "script.xlb",
            f'{_doctype("library")}<library:library {library} library:name="Standard" library:readonly="false" '
            'library:passwordprotected="false"><library:element library:name="Module1"/></library:library>',
        )
        _write(
            basic / "Standard" / "Module1.xba",
            f'{_HEAD}<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">'
            '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" '
            f'script:language="StarBasic">{_BASIC}</script:module>',
        )

    def _soffice(self, *arguments: str) -> None:
        profile = f"-env:UserInstallation={self._profile.as_uri()}"
        command = ["soffice", profile, "--headless", "--norestore", *arguments]
        subprocess.run(command, check=False, capture_output=True, timeout=180)

    def settled(self, data: bytes, command: str) -> bytes:
        """The file as LibreOffice saves it after accepting or rejecting all changes, or as it is."""
        with tempfile.TemporaryDirectory(dir=self.folder) as place:
            source, target = Path(place) / "in.docx", Path(place) / "out.docx"
            source.write_bytes(data)
            self._soffice(f"macro:///Standard.Module1.Settle({source},{command or 'save'},{target})")
            return target.read_bytes()

    def saved(self, data: bytes) -> bytes:
        return self.settled(data, SAVE)


def _doctype(kind: str) -> str:
    return f'{_HEAD}<!DOCTYPE library:{kind} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{kind}.dtd">'


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
