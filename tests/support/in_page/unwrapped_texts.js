() => {
  /* Texts that people see or hear and that never passed through gettext; data is marked as such in the markup. */
  const data = 'bdi, time, [data-content], [translate="no"], script, style, kbd';
  const typed = ', input, textarea';
  const blocks = 'p, li, dt, dd, td, th, h1, h2, h3, label, legend, summary, option, button, a, caption, div';
  /* a sentence may hold another in a placeholder, so the marks are taken off from the inside */
  const innermost = /\[!!\s(?:(?!\[!!\s)[\s\S])*?\s!!\]/gu;
  /* "and" between the words of a list comes from CLDR in the language of the page, and not from a catalogue */
  const and = /(?<!\p{L})\u05d5(?!\p{L})/gu;
  const bare = text => {
    for (let before = null; before !== text;) [before, text] = [text, text.replace(innermost, '')];
    return /\p{L}/u.test(text.replace(and, ''));
  };
  const found = [];
  const texts = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement || node.parentElement.closest(data + typed)) continue;
    const block = node.parentElement.closest(blocks) || document.body;
    texts.set(block, (texts.get(block) || '') + node.textContent);
  }
  for (const text of texts.values()) {
    if (bare(text)) found.push(text.trim().replace(/\s+/g, ' ').slice(0, 120));
  }
  for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
    for (const element of document.querySelectorAll('[' + name + ']')) {
      const text = element.getAttribute(name);
      if (!element.closest(data) && bare(text)) found.push(name + ': ' + text.slice(0, 120));
    }
  }
  return found;
}
