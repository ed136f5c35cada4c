// The shared-link entity of the rich-text editor, with its chooser and its tooltip.
(() => {
  const { React, DraftJS, draftail } = window;

  // The last step of the chooser asks for a deep path. The other steps are Wagtail's own.
  const onload = {
    ...window.CHOOSER_MODAL_ONLOAD_HANDLERS,
    deep_path(modal) {
      const [body] = modal.body;
      // Pass the form itself, because a selector would also match the page's form.
      modal.ajaxifyForm(body.querySelector('form'));
      const another = body.querySelector('[data-choose-another]');
      another.addEventListener('click', (event) => {
        event.preventDefault();
        modal.loadUrl(another.href);
      });
      body.querySelector('input[name="path"]').focus();
    },
  };

  class SharedLinkSource extends draftail.ModalWorkflowSource {
    getChooserConfig(entity) {
      const { sharedLink } = this.props.entityType.chooserUrls;
      const { id, path, url } = entity ? entity.getData() : {};
      return {
        // Edit an existing link, but choose again if its record was deleted.
        url: url ? `${sharedLink}chosen/${id}/` : sharedLink,
        urlParams: { deep_path: 1, path: path || '' },
        onload,
        responses: { chosen: this.onChosen },
      };
    }

    filterEntityData({ id, path, url, title }) {
      return { id, path, url, title };
    }

    // Wagtail's method sets the mutability of Wagtail's own entity types only.
    onChosen(data) {
      const { editorState, entityType, onComplete } = this.props;
      const selection = editorState.getSelection();
      const content = editorState
        .getCurrentContent()
        .createEntity(entityType.type, 'MUTABLE', this.filterEntityData(data));
      const key = content.getLastCreatedEntityKey();
      const nextState = selection.isCollapsed()
        ? DraftJS.EditorState.push(
            editorState,
            DraftJS.Modifier.replaceText(content, selection, data.title, null, key),
            'insert-characters',
          )
        : DraftJS.RichUtils.toggleLink(editorState, selection, key);
      this.workflow.close();
      onComplete(nextState);
    }
  }

  const icon = (name) => React.createElement(window.wagtail.components.Icon, { name });

  function SharedLink(props) {
    const { contentState, entityKey } = props;
    const { url, title } = contentState.getEntity(entityKey).getData();
    return React.createElement(draftail.TooltipEntity, {
      ...props,
      icon: icon(url ? 'careers-shared-link' : 'warning'),
      label: title || '',
      url,
    });
  }

  draftail.registerPlugin(
    { type: 'SHARED-LINK', source: SharedLinkSource, decorator: SharedLink },
    'entityTypes',
  );
})();
