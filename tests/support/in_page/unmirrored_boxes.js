() => {
  /* Right to left: boxes with a physical side or in the wrong order, icons that still point the other way. */
  const found = new Set();
  if (document.documentElement.dir !== 'rtl') return ['the page is not right to left'];
  const name = e => e.tagName.toLowerCase() + (typeof e.className === 'string' && e.className ? '.' + e.className : '');
  const foreign = '[dir="ltr"], [dir="auto"], bdi, svg, kbd';
  for (const element of document.body.querySelectorAll('*')) {
    if (element.closest(foreign) || !element.getBoundingClientRect().width) continue;
    const style = getComputedStyle(element);
    if (style.direction !== 'rtl') found.add('direction: ' + name(element));
    if (style.textAlign === 'left') found.add('text to the left: ' + name(element));
    if (style.float === 'left') found.add('floats left: ' + name(element));
    const start = parseFloat(style.borderRightWidth);
    const end = parseFloat(style.borderLeftWidth);
    if (end >= 3 && start < end) found.add('border on the left: ' + name(element));
  }
  for (const row of document.querySelectorAll('.top-row, .title-row, .with-side, .with-filter')) {
    const first = row.firstElementChild && row.firstElementChild.getBoundingClientRect();
    const last = row.lastElementChild && row.lastElementChild.getBoundingClientRect();
    if (!first || !last || !first.width || !last.width) continue;
    if (first.bottom > last.top && last.bottom > first.top && first.right < last.right) {
      found.add('order: ' + name(row));
    }
  }
  for (const icon of document.querySelectorAll('.i.dir')) {
    if (!/matrix\(-1/.test(getComputedStyle(icon).transform)) found.add('icon not mirrored: ' + name(icon.parentElement));
  }
  return [...found].slice(0, 20);
}
