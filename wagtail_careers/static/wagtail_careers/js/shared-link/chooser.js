// The field of a form that chooses a shared link, and fills in the page on that site beside it.
(() => {
  const { jQuery, telepath, SnippetChooser, wagtailCareersModal } = window;

  class SharedLinkChooser extends SnippetChooser {
    openChooserModal() {
      if (!this.modal) {
        const { chooserModalClass: Modal } = this;
        this.modal = new Modal(this.opts.modalUrl || this.chooserElement.dataset.chooserUrl);
        this.modal.onloadHandlers = wagtailCareersModal.handlers;
      }
      super.openChooserModal();
    }

    setStateFromModalData(data) {
      super.setStateFromModalData(data);
      const path = document.getElementById(this.input.id.replace(/shared_link$/, 'path'));
      if (path && path !== this.input && data.path !== undefined) {
        path.value = data.path;
        path.dispatchEvent(new Event('input', { bubbles: true }));
        path.dispatchEvent(new Event('change', { bubbles: true }));
      }
      // The button that opened the modal is hidden after a first choice.
      jQuery(document).one('hidden.bs.modal', () => this.focus());
    }

    focus() {
      const buttons = [...this.chooserElement.querySelectorAll('button')];
      buttons.find((button) => button.offsetParent !== null)?.focus();
    }
  }

  window.SharedLinkChooser = SharedLinkChooser;

  // A form without a stream has no such factory.
  const Factory = telepath?.constructors['wagtail.snippets.widgets.SnippetChooser'];
  if (!Factory) return;

  class SharedLinkChooserFactory extends Factory {
    widgetClass = SharedLinkChooser;
  }

  telepath.register('wagtail_careers.SharedLinkChooser', SharedLinkChooserFactory);
})();
