"""Each page in a browser: it fits telephone, desk and paper, asks for nothing, and can be read."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from tests.browser.pages import PAGES
from tests.browser.reader import A4, Reader, overflow

EVERY = pytest.mark.parametrize("name", PAGES)

STICKING_OUT = """() => [...document.body.querySelectorAll('*')].filter(each => {
  for (let box = each.parentElement; box; box = box.parentElement)
    if (['auto', 'scroll'].includes(getComputedStyle(box).overflowX) && box !== document.body) return false;
  return each.getBoundingClientRect().right > window.innerWidth + 1;
}).map(each => each.outerHTML.slice(0, 120))"""
"""What stands beyond the right edge and is in no box that scrolls by itself."""

FAINT = """() => {
  const parts = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = each => {
    for (; each; each = each.parentElement) {
      const colour = parts(getComputedStyle(each).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const told = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim(), each = walker.currentNode.parentElement;
    const style = getComputedStyle(each);
    if (!text || ['SCRIPT', 'STYLE'].includes(each.tagName) || !each.checkVisibility({visibilityProperty: true})) continue;
    seen += 1;
    const pair = [light(parts(each.ownerSVGElement ? style.fill : style.color)), light(behind(each))].sort((a, b) => b - a);
    const contrast = (pair[0] + 0.05) / (pair[1] + 0.05);
    if (contrast < 4.5 || Number(style.opacity) < 1) told.push(text.slice(0, 40) + ' ' + contrast.toFixed(2));
  }
  return [seen, told];
}"""
"""How many texts are seen, and those that stand out too little from what is behind them."""

DRAWN = """() => [document.body, ...document.querySelectorAll('h1, td, input')].map(each => {
  const picture = sign => {
    const canvas = Object.assign(document.createElement('canvas'), {width: 60, height: 60});
    const pen = canvas.getContext('2d');
    pen.font = '40px ' + getComputedStyle(each).fontFamily;
    pen.fillText(sign, 5, 45);
    return pen.getImageData(0, 0, 60, 60).data.join();
  };
  return new Set(['准', '绳', '\\u0378', ' '].map(picture)).size;
})"""
"""How many different pictures two Chinese characters, an unassigned one and a blank give in the fonts of the page."""


@EVERY
def test_on_a_telephone_nothing_is_beside_the_screen(reader: Reader, name: str) -> None:
    with reader.open(name, 390, phone=True) as opened:
        assert overflow(opened.page) == (390, 390)
        assert opened.page.evaluate(STICKING_OUT) == []


@EVERY
def test_on_a_desk_nothing_is_asked_for_and_nothing_goes_wrong(reader: Reader, name: str) -> None:
    with reader.open(name) as opened:
        wide, room = overflow(opened.page)
        assert wide <= room == 1280
        assert opened.page.evaluate(STICKING_OUT) == []
        assert opened.asked == [opened.page.url]
        assert opened.wrong == []


@EVERY
def test_on_paper_nothing_is_cut_off(reader: Reader, name: str) -> None:
    margin = 22 if PAGES[name].kind == "letter" else 15
    with reader.open(name, A4 - round(2 * margin * 96 / 25.4)) as opened:
        opened.page.emulate_media(media="print")
        wide, room = overflow(opened.page)
        assert wide <= room
        assert opened.page.evaluate(STICKING_OUT) == []
        paper = opened.page.pdf(prefer_css_page_size=True)
        sizes = {
            tuple(round(float(each)) for each in box.split()) for box in re.findall(rb"/MediaBox \[([^]]+)]", paper)
        }
        assert sizes == {(0, 0, 595, 842)}


@EVERY
def test_it_is_read_in_order(reader: Reader, name: str) -> None:
    with reader.open(name) as opened:
        assert opened.page.locator("html").get_attribute("lang") == {"zh": "zh-CN", "en": "en"}[PAGES[name].language]
        levels = [
            int(each[1])
            for each in opened.page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => h.tagName)")
        ]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


@EVERY
def test_it_is_legible(reader: Reader, name: str) -> None:
    with reader.open(name) as opened:
        opened.page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        seen, faint = opened.page.evaluate(FAINT)
        assert seen > 10
        assert faint == []
        assert set(opened.page.evaluate(DRAWN)) == {4}
