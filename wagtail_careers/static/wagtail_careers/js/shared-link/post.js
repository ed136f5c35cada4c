// Asks the server about shared links: the state of links, and the links that addresses belong to.
(() => {
  /** Return the answer to `body`; empty without an answer, for example offline. */
  window.wagtailCareersPost = async (url, body) => {
    const { CSRF_HEADER_NAME, CSRF_TOKEN } = window.wagtailConfig;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', [CSRF_HEADER_NAME]: CSRF_TOKEN },
        body: JSON.stringify(body),
      });
      return response.ok ? await response.json() : {};
    } catch {
      return {};
    }
  };
})();
