"""What a PDF says about itself: XMP metadata, the colour profile, the viewer's wishes."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from .bases import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from .objects import KeptCompress


@dataclass(frozen=True)
class About:
    """What is written into the document's properties. None of it may name a patient.

    `on` is the date that the file carries; the same content and date give the same bytes.
    """

    title: str
    language: str
    on: datetime.date
    author: str = ""
    subject: str = ""
    creator: str = ""
    producer: str = "ReportLab PDF Library"


class RecordDate:
    """ReportLab's time stamp, fixed to noon UTC of one day."""

    tzname = "UTC"
    dhh = dmm = 0

    def __init__(self, on: datetime.date) -> None:
        self.datetime = datetime.datetime(on.year, on.month, on.day, 12, tzinfo=datetime.UTC)
        self.t = self.datetime.timestamp()
        self.lt = self.datetime.timetuple()
        self.YMDhms = tuple(self.lt)[:6]
        self.asctime = self.datetime.ctime()


@cache
def srgb_profile() -> bytes:
    """The sRGB profile with its creation date (bytes 24 to 35 of the header, ICC.1) set to zero."""
    from PIL import ImageCms

    profile: bytes = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile[:24] + bytes(12) + profile[36:]


def output_intent() -> PDFDictionary:
    """The OutputIntent that PDF/A asks for where colours are DeviceRGB (ISO 19005-2, 6.2.4.3)."""
    stream = PDFStream(PDFDictionary({"N": 3}), srgb_profile(), [KeptCompress])
    return PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString("sRGB"),
            "Info": PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": stream,
        }
    )


def describe(canvas: Any, about: About) -> None:
    """Write the document information, the XMP packet, the output intent and the viewer preferences."""
    document = canvas._doc
    document._timeStamp = RecordDate(about.on)
    document.setTitle(about.title)
    document.setAuthor(about.author)
    document.setSubject(about.subject)
    document.setCreator(about.creator)
    document.setProducer(about.producer)
    catalog = document.Catalog
    catalog.Metadata = PDFStream(PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}), xmp(about))
    catalog.OutputIntents = PDFArray([output_intent()])
    catalog.MarkInfo = PDFDictionary({"Marked": "true"})
    canvas.setViewerPreference("DisplayDocTitle", "true")


_EXTENSION = """<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"""

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "dc": "http://purl.org/dc/elements/1.1/",
        "xmp": "http://ns.adobe.com/xap/1.0/",
        "pdf": "http://ns.adobe.com/pdf/1.3/",
        "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
        "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
        "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
        "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
        "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    }.items()
)


def xmp(about: About) -> bytes:
    """The XMP packet; what it shares with the document information says the same there."""
    title, author, subject = escape(about.title), escape(about.author), escape(about.subject)
    day = f"{about.on.isoformat()}T12:00:00+00:00"
    packet = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" {_NAMESPACES}>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{escape(about.language)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{day}</xmp:CreateDate><xmp:ModifyDate>{day}</xmp:ModifyDate>
<xmp:CreatorTool>{escape(about.creator)}</xmp:CreatorTool><pdf:Producer>{escape(about.producer)}</pdf:Producer>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
{_EXTENSION}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
    return packet.encode()
