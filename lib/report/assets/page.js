// Makes the page easier to read; without it all is there as well.
'use strict';

const PAGE_ROWS = 50;
const SORTED_FROM = 5;
const SEARCHED_FROM = 12;

/** Sorting for every table, search and pages for long ones. */
function improve(table) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  if (rows.length < SORTED_FROM) return;
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const order = rows.map((_, index) => index);
  let wanted = '';
  let first = 0;
  let printing = false;

  const tools = rows.length >= SEARCHED_FROM ? toolsFor(table, rows.length) : undefined;

  function show() {
    const found = order.filter((index) => texts[index].includes(wanted));
    first = Math.max(0, Math.min(first, Math.floor((found.length - 1) / PAGE_ROWS) * PAGE_ROWS));
    const shown = printing ? found : found.slice(first, first + PAGE_ROWS);
    body.replaceChildren(...shown.map((index) => rows[index]));
    tools?.told({ found: found.length, first, last: first + shown.length });
  }

  tools?.input.addEventListener('input', () => {
    wanted = tools.input.value.trim().toLowerCase();
    first = 0;
    show();
  });
  tools?.turned((step) => {
    first += step * PAGE_ROWS;
    show();
  });
  addEventListener('beforeprint', () => {
    printing = true;
    show();
  });
  addEventListener('afterprint', () => {
    printing = false;
    show();
  });

  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const down = head.getAttribute('aria-sort') === 'ascending';
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const values = rows.map((row) => valueOf(row.cells[column]));
      const sign = down ? -1 : 1;
      order.sort((a, b) => sign * compare(values[a], values[b]) || a - b);
      first = 0;
      show();
    });
  });
  show();
  table.classList.remove('long');
}

function valueOf(cell) {
  const written = cell.dataset.v ?? cell.textContent.trim();
  const number = Number(written);
  return written === '' || Number.isNaN(number) ? written.toLowerCase() : number;
}

function compare(a, b) {
  if (typeof a === typeof b) return a < b ? -1 : a > b ? 1 : 0;
  return typeof a === 'number' ? -1 : 1;
}

/** A field to search in and, where there are many rows, buttons that turn the page. */
function toolsFor(table, total) {
  const tools = document.createElement('div');
  tools.className = 'tools';
  const label = document.createElement('label');
  label.className = 'hidden';
  label.textContent = `Search in ${table.caption.textContent.toLowerCase()}`;
  const input = document.createElement('input');
  input.type = 'search';
  input.id = `${table.id}-search`;
  input.placeholder = 'Search';
  input.autocomplete = 'off';
  label.htmlFor = input.id;
  const status = document.createElement('span');
  status.className = 'fine';
  status.setAttribute('role', 'status');
  const back = turning('Back');
  const on = turning('On');
  tools.append(label, input, status);
  if (total > PAGE_ROWS) tools.append(back, on);
  table.closest('.scroll').before(tools);
  return {
    input,
    turned(turn) {
      back.addEventListener('click', () => turn(-1));
      on.addEventListener('click', () => turn(1));
    },
    told({ found, first, last }) {
      const counts =
        found === total ? total.toLocaleString('en') : `${found.toLocaleString('en')} of ${total.toLocaleString('en')}`;
      status.textContent = found > PAGE_ROWS ? `${first + 1} to ${last} of ${counts}` : counts;
      back.disabled = first === 0;
      on.disabled = last >= found;
    },
  };
}

function turning(text) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = text;
  return button;
}

/** Under the pointer a box and what it is joined to come forward. */
function follow(drawing) {
  const edges = [...drawing.querySelectorAll('.edge')];
  const boxes = [...drawing.querySelectorAll('.box')];
  const mark = (box) => {
    const id = box?.dataset.box;
    const near = new Set([id]);
    for (const edge of edges) {
      const { from, to } = edge.dataset;
      const touches = from === id || to === id;
      if (touches) near.add(from).add(to);
      edge.classList.toggle('near', touches);
      edge.classList.toggle('aside', id !== undefined && !touches);
    }
    for (const other of boxes) other.classList.toggle('aside', id !== undefined && !near.has(other.dataset.box));
  };
  for (const box of boxes) {
    box.addEventListener('pointerenter', () => mark(box));
    box.addEventListener('pointerleave', () => mark(undefined));
  }
}

/** The entry of the section that is being read. */
function track(contents) {
  const links = new Map([...contents.querySelectorAll('a')].map((link) => [link.hash.slice(1), link]));
  const seen = new Set();
  const watcher = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes) seen[isIntersecting ? 'add' : 'delete'](target.id);
      const current = [...links.keys()].find((id) => seen.has(id));
      for (const [id, link] of links) {
        if (id === current) link.setAttribute('aria-current', 'true');
        else link.removeAttribute('aria-current');
      }
    },
    { rootMargin: '-10% 0px -60%' },
  );
  for (const id of links.keys()) watcher.observe(document.getElementById(id));
}

for (const table of document.querySelectorAll('table.data')) improve(table);
for (const drawing of document.querySelectorAll('.flow svg')) follow(drawing);
for (const contents of document.querySelectorAll('.contents')) track(contents);

const closed = [];
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details:not([open])')) {
    details.open = true;
    closed.push(details);
  }
});
addEventListener('afterprint', () => {
  for (const details of closed.splice(0)) details.open = false;
});
