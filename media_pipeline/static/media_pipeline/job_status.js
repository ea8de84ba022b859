// Rows of files in processing ask for their status every two seconds. Without this script a reload shows the same.
const EVERY_MS = 2000;

async function refresh(row) {
  const answer = await fetch(row.dataset.mediaStatus, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok) return;
  row.innerHTML = await answer.text();
  if (!row.querySelector("progress")) delete row.dataset.mediaStatus;
}

setInterval(() => {
  if (document.hidden) return;
  for (const row of document.querySelectorAll("[data-media-status]")) refresh(row).catch(() => {});
}, EVERY_MS);
