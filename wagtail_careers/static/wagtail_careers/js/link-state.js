// Shows beside a chosen shared link what state it is in, with the path that is entered for it.
(() => {
  // Long enough for all choosers of a form to say which links they have.
  const PAUSE = 100;

  let waiting = new Set();

  const ask = async () => {
    const asked = [...waiting]
      .map((controller) => [controller, controller.link])
      .filter(([, link]) => link);
    waiting = new Set();
    if (!asked.length) return;
    const [[{ urlValue }]] = asked;
    const { links: found = [] } = await window.wagtailCareersPost(urlValue, {
      links: asked.map(([, link]) => link),
    });
    asked.forEach(([controller, link], number) => controller.show(link, found[number]));
  };

  const isSame = (one, other) => one?.id === other?.id && one?.path === other?.path;

  class LinkStateController extends window.StimulusModule.Controller {
    static targets = ['label'];

    static values = { url: String, input: String };

    connect() {
      this.form = this.element.closest('form');
      this.onChange = ({ target }) => {
        if (target === this.input || target === this.pathInput) this.refresh();
      };
      this.form?.addEventListener('change', this.onChange);
      this.refresh();
    }

    disconnect() {
      this.form?.removeEventListener('change', this.onChange);
      waiting.delete(this);
    }

    get input() {
      return document.getElementById(this.inputValue);
    }

    // Beside the chooser of a list, there is a field for the path.
    get pathInput() {
      return document.getElementById(this.inputValue.replace(/shared_link$/, 'path'));
    }

    get link() {
      const id = this.input?.value;
      return id ? { id, path: this.pathInput?.value.trim() ?? '' } : null;
    }

    refresh() {
      if (!this.link) {
        this.element.hidden = true;
        return;
      }
      if (!waiting.size) window.setTimeout(ask, PAUSE);
      waiting.add(this);
    }

    show(asked, found) {
      // Another link may have been chosen in the meantime.
      if (!isSame(asked, this.link)) return;
      this.element.hidden = !found || found.state === 'live';
      this.labelTarget.textContent = found?.stateLabel ?? '';
    }
  }

  window.wagtail.app.register('careers-link-state', LinkStateController);
})();
