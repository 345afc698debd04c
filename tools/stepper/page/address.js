// The page's address, which names the step that is shown, and the button that copies it.
'use strict';

const restBeforeRename = 400;  // ms: browsers let a page change its address only so often

class Address {
  // `open`: is called with what stands after the '#' when the reader goes to another address of this page.
  constructor(open) {
    this.link = undefined;
    window.addEventListener('hashchange', () => {
      clearTimeout(this.timer);
      open(this.text);
    });
  }

  // What stands after the '#'.
  get text() { return location.hash.slice(1); }

  // `link`: to what is shown now; null if nothing can lead there.
  show(link) {
    if (link === this.link) return;
    const first = this.link === undefined;
    this.link = link;
    byId('copy').disabled = link === null;
    byId('link-label').hidden = true;
    byId('copied').textContent = link === null ? 'No link leads to a file of your own.' : '';
    clearTimeout(this.timer);
    if (!first) this.timer = setTimeout(() => history.replaceState(null, '', this.full()), restBeforeRename);
  }

  full() {
    const page = location.href.split('#')[0];
    return this.link === null ? page : `${page}#${this.link}`;
  }

  async copy() {
    const link = this.full();
    try {
      await navigator.clipboard.writeText(link);
      byId('copied').textContent = 'The link to this step is copied.';
    } catch {  // there is no clipboard, or it is not allowed
      byId('link-label').hidden = false;
      byId('link').value = link;
      byId('link').select();
      byId('copied').textContent = 'Your browser does not let a page copy. The link is selected: copy it from here.';
    }
  }
}
