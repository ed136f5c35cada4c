// The modal in which a shared link is chosen or edited, for Draftail and Wagtail's own link button.
(() => {
  const { draftail } = window;
  const { handlers, focusWhenShown } = window.wagtailCareersModal;
  const { links, options, resolver } = window.wagtailCareers;

  class SharedLinkSource extends draftail.ModalWorkflowSource {
    // Draftail hands over the selected link, whatever its type is.
    async componentDidMount() {
      const { entity } = this.props;
      this.isOpen = true;
      this.link = links.isSharedLink(entity) ? links.read(entity) : null;
      this.plainAddress = links.plainAddress(entity);
      if (this.plainAddress) {
        const found = await resolver.find([this.plainAddress]);
        this.link = found.links.get(this.plainAddress) ?? null;
      }
      if (this.isOpen) super.componentDidMount();
    }

    componentWillUnmount() {
      this.isOpen = false;
      super.componentWillUnmount();
    }

    getChooserConfig() {
      const { chooserUrl } = options;
      const urlParams = { deep_path: 1, path: this.link?.path ?? '' };
      if (!this.link && this.plainAddress) urlParams.address = this.plainAddress;
      const locale = window.wagtailConfig.ACTIVE_CONTENT_LOCALE;
      if (locale) urlParams.locale = locale;
      return {
        // Choose again if the record of a link was deleted: it has no address.
        url: this.link?.address ? `${chooserUrl}chosen/${this.link.sharedLink}/` : chooserUrl,
        urlParams,
        onload: {
          ...handlers,
          deep_path: (modal) => this.onDeepPathStep(modal),
        },
        responses: { chosen: this.onChosen },
      };
    }

    // The last step of the chooser asks for a deep path. The other steps are Wagtail's own.
    onDeepPathStep(modal) {
      const [body] = modal.body;
      // Pass the form itself, because a selector would also match the page's form.
      modal.ajaxifyForm(body.querySelector('form'));
      const another = body.querySelector('[data-choose-another]');
      another.addEventListener('click', (event) => {
        event.preventDefault();
        modal.loadUrl(another.href);
      });
      if (links.isSharedLink(this.props.entity)) {
        another.after(this.createRemoveButton());
        body.querySelector('button[type="submit"]').textContent = options.labels.saveLink;
      }
      focusWhenShown(modal, body.querySelector('input[name="path"]'));
    }

    createRemoveButton() {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'button button-secondary no';
      button.textContent = options.labels.removeLink;
      button.addEventListener('click', () => this.complete(null));
      return button;
    }

    // Wagtail's method sets the mutability of Wagtail's own entity types only.
    onChosen(data) {
      this.complete(links.fromServer(data));
    }

    complete(link) {
      const { editorState, entityKey, onComplete } = this.props;
      const range = entityKey && links.rangeOf(editorState, entityKey);
      this.workflow.close();
      onComplete(
        range
          ? links.setLinks(editorState, [{ range, link }])
          : links.insertLink(editorState, link),
      );
    }

    // The editor takes back the focus only when it is told that something is complete.
    onClose(event) {
      event.preventDefault();
      const { editorState, onComplete } = this.props;
      onComplete(links.withSelection(editorState));
    }
  }

  // Wagtail's source takes the data of any selected entity for the data of a link of its own.
  const wrapLinkSource = (Source) =>
    class extends Source {
      getChooserConfig(entity, selectedText) {
        const own = links.isSharedLink(entity) ? null : entity;
        return super.getChooserConfig(own, selectedText);
      }
    };

  Object.assign(window.wagtailCareers, { SharedLinkSource, wrapLinkSource });
})();
