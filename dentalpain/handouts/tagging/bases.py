"""ReportLab's classes as this layer builds on them: their published types leave out the hooks that it needs."""

from __future__ import annotations

from typing import Any

from reportlab import platypus
from reportlab.lib import rl_accel
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen import canvas, textobject
from reportlab.platypus import doctemplate

Canvas: Any = canvas.Canvas
PDFTextObject: Any = textobject.PDFTextObject
Paragraph: Any = platypus.Paragraph
Flowable: Any = platypus.Flowable
NullActionFlowable: Any = doctemplate.NullActionFlowable
PDFObject: Any = pdfdoc.PDFObject
PDFCatalog: Any = pdfdoc.PDFCatalog
PDFDocument: Any = pdfdoc.PDFDocument
PDFFormXObject: Any = pdfdoc.PDFFormXObject
PDFImageXObject: Any = pdfdoc.PDFImageXObject
PDFPage: Any = pdfdoc.PDFPage
PDFFile: Any = pdfdoc.PDFFile
PDFCrossReferenceTable: Any = pdfdoc.PDFCrossReferenceTable
PDFTrailer: Any = pdfdoc.PDFTrailer
PDFTrueTypeFont: Any = pdfdoc.PDFTrueTypeFont
PDFStream: Any = pdfdoc.PDFStream
PDFString: Any = pdfdoc.PDFString
PDFArray: Any = pdfdoc.PDFArray
PDFDictionary: Any = pdfdoc.PDFDictionary
PDFName: Any = pdfdoc.PDFName
fp_str: Any = rl_accel.fp_str
