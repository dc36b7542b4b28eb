() => {
  /* What every page has, as the browser understood it. */
  const found = [];
  const shown = e => e.getClientRects().length > 0;
  const headings = [...document.querySelectorAll('h1')];
  if (headings.length !== 1) found.push(headings.length + ' h1 instead of one');
  else if (!shown(headings[0]) || !headings[0].innerText.trim()) found.push('the h1 is empty or not shown');
  let level = 1;
  for (const heading of document.querySelectorAll('main h2, main h3, main h4')) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) found.push('a heading skips a level: ' + heading.innerText.slice(0, 60));
    level = next;
  }
  if (!/ – Accede$/.test(document.title)) found.push('title: ' + document.title);
  if (!document.documentElement.lang || !document.documentElement.dir) found.push('no lang or dir');
  for (const input of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
    if (!input.labels?.length && !input.getAttribute('aria-label')) found.push('no label: ' + input.name);
  }
  return found;
}
