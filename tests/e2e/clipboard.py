"""What programs put on the clipboard, and a paste of it into an editor."""

from tests.e2e.admin import RichText

#: A paragraph and a bullet as Word copies them, with its comments, classes and elements.
WORD = """\
<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml>
 <w:WordDocument><w:View>Normal</w:View><w:TrackMoves/></w:WordDocument>
</xml><![endif]-->
<style>
<!--
p.MsoNormal {{margin:0cm; font-size:11.0pt; font-family:"Calibri",sans-serif;}}
a:link, span.MsoHyperlink {{mso-style-priority:99; color:#0563C1; text-decoration:underline;}}
-->
</style>
</head>
<body lang=EN-GB link="#0563C1" style='tab-interval:36.0pt;word-wrap:break-word'>
<!--StartFragment-->
<p class=MsoNormal>Look for <a href="https://www.jobs.nhs.uk/search?keyword=porter&amp;page=1"><span
lang=EN-US style='mso-ansi-language:EN-US'>porter jobs</span></a>, read about <a
href="http://healthcareers.nhs.uk/explore-roles/porter">the role</a>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if
!supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Try <a
href="https://training.example/porters">a course</a>, see <a
href="{site}">our roles</a> or <a href="mailto:jobs@example.com">write to us</a>.<o:p></o:p></p>
<!--EndFragment-->
</body>
</html>
"""

_PASTE = """
const [area, html, text] = arguments;
const data = new DataTransfer();
if (html) data.setData('text/html', html);
data.setData('text/plain', text);
area.dispatchEvent(
  new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
"""


def paste(editor: RichText, text: str, html: str = "") -> None:
    """Paste at the caret, or over what is selected."""
    editor.driver.execute_script(_PASTE, editor.area, html, text)
