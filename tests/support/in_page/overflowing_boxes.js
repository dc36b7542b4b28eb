() => {
  /* Boxes that reach out of the window, or whose text is cut off; boxes made to scroll are meant so. */
  const found = [];
  const width = document.documentElement.clientWidth;
  const scrolls = element => {
    for (let e = element; e && e !== document.body; e = e.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(e).overflowX)) return true;
    }
    return false;
  };
  const name = e => {
    const kind = typeof e.className === 'string' && e.className ? '.' + e.className : '';
    return e.tagName.toLowerCase() + kind + ' "' + e.textContent.trim().replace(/\s+/g, ' ').slice(0, 60) + '"';
  };
  const page = document.documentElement.scrollWidth;
  if (page > width) found.push('the page is wider than the window: ' + page);
  for (const element of document.body.querySelectorAll('*')) {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (!box.width || style.visibility === 'hidden') continue;
    if (element.closest('.vh, .skip, .print-head, svg, option')) continue;
    if (width <= 704 && element.closest('.grid thead')) continue; /* read aloud only: cards on a phone */
    if ((box.right > width + 1 || box.left < -1) && !scrolls(element)) {
      found.push('outside the window: ' + name(element));
    } else if (element.tagName !== 'INPUT' && element.scrollWidth > element.clientWidth + 1 && /hidden|clip/.test(style.overflowX)) {
      found.push('cut off: ' + name(element));
    }
  }
  return found.slice(0, 20);
}
