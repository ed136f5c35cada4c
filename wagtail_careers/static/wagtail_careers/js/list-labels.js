// Labels the values of wide lists with the names of their columns. Narrow screens show each row as
// a block, in which no header is above a value and an empty cell would be a gap.
document.addEventListener('DOMContentLoaded', () => {
  const isEmpty = (cell) => !cell.innerText.trim() && !cell.querySelector('svg, input');

  const labelRow = (row, labels) =>
    [...row.cells].forEach((cell) => {
      cell.classList.toggle('careers-empty', isEmpty(cell));
      cell.setAttribute('data-careers-label', labels[cell.cellIndex]);
    });

  const labelList = (list) => {
    const headers = [...list.tHead.rows[0].cells];
    const labels = headers.map((header) => header.innerText.trim());
    [...list.tBodies[0].rows].forEach((row) => labelRow(row, labels));
  };

  const labelLists = () => document.querySelectorAll('.careers-wide-list').forEach(labelList);

  labelLists();
  // Wagtail replaces the list when its filters or its page change.
  const results = document.getElementById('listing-results');
  if (results) new MutationObserver(labelLists).observe(results, { childList: true });
});
