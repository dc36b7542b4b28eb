() => {
  /* The page cut into its parts, each with a print of all that axe judges it by: what it and everything in it and around
     it is and looks like, without words, keys and addresses. Two parts with one print are good or bad together.

     A part is an element that is not inline: an inline one is judged by the text beside it, so it goes with its block. */
  const said = new Set(['alt', 'title', 'placeholder', 'aria-label', 'value', 'label', 'content', 'datetime', 'data-label',
    'aria-roledescription', 'aria-valuetext', 'aria-placeholder']);
  const keys = new Set(['id', 'name', 'href', 'xlink:href', 'src', 'srcset', 'action', 'formaction', 'data-autosave',
    'data-unsaved', 'nonce', 'aria-valuenow']);
  const links = new Set(['for', 'headers', 'list', 'form', 'aria-labelledby', 'aria-describedby', 'aria-controls',
    'aria-owns', 'aria-details', 'aria-errormessage', 'aria-activedescendant', 'aria-flowto']);
  const looks = ['color', 'backgroundColor', 'backgroundImage', 'opacity', 'fontSize', 'fontWeight', 'display', 'visibility',
    'position', 'float', 'overflowX', 'overflowY', 'clip', 'clipPath', 'transform', 'filter', 'textShadow', 'textIndent',
    'textDecorationLine', 'borderBottomStyle', 'borderBottomColor', 'borderBottomWidth', 'zIndex', 'pointerEvents',
    'mixBlendMode', 'listStyleType', 'contentVisibility'];
  const around = ['content', 'color', 'backgroundColor', 'backgroundImage', 'position', 'width', 'height'];
  const pressed = 'a[href], button, input, select, textarea, summary, [tabindex], [role=button], [role=link]';

  const print = text => { /* cyrb53 */
    let one = 0xdeadbeef, two = 0x41c6ce57;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      one = Math.imul(one ^ code, 2654435761);
      two = Math.imul(two ^ code, 1597334677);
    }
    one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
    two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
    return (4294967296 * (2097151 & two) + (one >>> 0)).toString(36);
  };
  const filled = text => text && text.trim() ? 'words' : 'nothing';
  const found = id => {
    const element = document.getElementById(id);
    if (!element) return 'nowhere';
    return element.localName + ' ' + filled(element.textContent) + document.querySelectorAll('#' + CSS.escape(id)).length;
  };
  const attribute = ({ name, value }) => {
    if (links.has(name)) return name + '=' + value.trim().split(/\s+/).map(found);
    if (name.endsWith('href') && /^#./.test(value)) return name + '=#' + found(value.slice(1));
    if (name === 'id') return 'id=' + document.querySelectorAll('#' + CSS.escape(value)).length;
    if (keys.has(name) || said.has(name) && !(name === 'content')) return name + '=' + filled(value);
    return name + '=' + value;
  };
  const pseudo = (element, which) => {
    const style = getComputedStyle(element, which);
    return style.content === 'none' || style.content === 'normal' ? '' : around.map(name => style[name]).join();
  };
  const measured = (element, style) => {
    const scrolls = /auto|scroll/.test(style.overflowX + style.overflowY)
      && [element.scrollWidth > element.clientWidth, element.scrollHeight > element.clientHeight];
    const box = element.getBoundingClientRect();
    const shown = [box.width > 1, box.height > 1];
    if (!element.matches(pressed)) return [scrolls, shown];
    /* one too small to hit is judged by its neighbours: nothing else is like it, unless it stands within a text */
    const small = box.width < 24 || box.height < 24;
    return [scrolls, shown, small && style.display !== 'inline' ? [box.x, box.y, box.width, box.height] : small];
  };
  const named = element => element.labels
    ? [...element.labels].map(label => filled(label.textContent)) + filled(element.value) : '';
  const own = (element, style) => [
    element.localName, [...element.attributes].map(attribute).sort(), looks.map(name => style[name]), measured(element, style),
    pseudo(element, '::before'), pseudo(element, '::after'), named(element), element.matches(':disabled, :checked'),
    [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.textContent.trim()),
  ].join('|');

  const elements = [];
  const prints = [];
  const ends = [];
  const walk = (element, outside) => {
    const style = getComputedStyle(element);
    const self = own(element, style);
    const inside = print(outside + '>' + self);
    const part = style.display !== 'inline' || element === document.documentElement;
    const at = elements.length;
    if (part) { elements.push(element); prints.push(''); ends.push(0); }
    const within = [];
    for (const node of element.childNodes) {
      if (node.nodeType === Node.ELEMENT_NODE) within.push(walk(node, inside));
      else if (node.nodeType === Node.TEXT_NODE && node.textContent.trim()) within.push('words');
    }
    const whole = print(inside + '(' + within.join() + ')');
    if (part) { prints[at] = whole; ends[at] = elements.length; }
    return whole;
  };
  walk(document.documentElement, filled(document.title));
  window.partsOfThePage = elements;
  return [prints, ends];
}
