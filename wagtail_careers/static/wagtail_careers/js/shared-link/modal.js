// The steps of the modal in which a shared link is chosen, with a focus that is never lost.
(() => {
  const { CHOOSER_MODAL_ONLOAD_HANDLERS: wagtail } = window;

  // About a second: the panel of a tab appears only after Wagtail's script has started.
  const MAX_FRAMES = 60;

  const focusWhenVisible = (field, frames = MAX_FRAMES) => {
    field.focus();
    if (document.activeElement === field || frames === 0) return;
    window.requestAnimationFrame(() => focusWhenVisible(field, frames - 1));
  };

  // The modal takes the focus itself when it has appeared.
  const focusWhenShown = (modal, field) => {
    if (!field) return;
    focusWhenVisible(field);
    modal.container.one('shown.bs.modal', () => focusWhenVisible(field));
  };

  // The links to other pages of the list, and the choices in it, are replaced with the list.
  const keepFocus = (results) => {
    results.tabIndex = -1;
    const observer = new MutationObserver(() => {
      if (document.activeElement === document.body) results.focus();
    });
    observer.observe(results, { childList: true });
  };

  const followChoices = (modal, element) => {
    element.querySelectorAll('a[data-chooser-modal-choice]').forEach((choice) => {
      choice.addEventListener('click', (event) => {
        event.preventDefault();
        modal.loadUrl(choice.href);
      });
    });
  };

  const handlers = {
    ...wagtail,

    choose(modal, data) {
      wagtail.choose(modal, data);
      const [body] = modal.body;
      keepFocus(body.querySelector('#search-results'));
      if (data.tab === 'create') {
        body.querySelector('.w-tabs').dataset.wTabsActivePanelIdValue = 'tab-create';
        focusWhenShown(modal, body.querySelector('#tab-create input[name$="-name"]'));
      } else {
        focusWhenShown(modal, body.querySelector('input[name="q"]'));
      }
    },

    reshow_creation_form(modal, data) {
      wagtail.reshow_creation_form(modal, data);
      const form = modal.body[0].querySelector('#tab-create');
      followChoices(modal, form);
      const invalid = form.querySelector('[aria-invalid="true"]');
      focusWhenShown(modal, invalid || form.querySelector('button'));
    },
  };

  window.wagtailCareersModal = { handlers, focusWhenShown };
})();
