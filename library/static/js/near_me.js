// Lists the communes near the reader after a tap. The place stays on the device: the list of all communes comes to it instead.
const NEAREST = 6;
const FARTHEST = 100; // kilometres
const PER_DEGREE = 100; // as library/pages/views/places/near.py tells points
const EARTH = 6371; // kilometres

const near = document.querySelector("[data-near]");
if (near && navigator.geolocation) {
  const button = near.querySelector("button");
  const status = near.querySelector("[role=status]");
  const list = near.querySelector("ol");
  near.hidden = false;
  button.addEventListener("click", () => {
    list.replaceChildren();
    status.textContent = near.dataset.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => show(coords),
      () => { status.textContent = near.dataset.refused; },
      { maximumAge: 600_000, timeout: 30_000 },
    );
  });

  async function show(here) {
    try {
      const answer = await fetch(near.dataset.near);
      if (!answer.ok) throw new Error(String(answer.status));
      const { provinces, communes } = await answer.json();
      const found = communes
        .map(([latitude, longitude, name, province, url]) => ({
          name: `${name}, ${provinces[province]}`,
          url,
          away: kilometres(here.latitude, here.longitude, latitude / PER_DEGREE, longitude / PER_DEGREE),
        }))
        .filter(({ away }) => away <= FARTHEST)
        .sort((one, other) => one.away - other.away)
        .slice(0, NEAREST);
      status.textContent = found.length ? "" : near.dataset.far;
      list.replaceChildren(...found.map(item));
    } catch {
      status.textContent = near.dataset.failed;
    }
  }

  function item({ name, url, away }) {
    const row = document.createElement("li");
    const link = document.createElement("a");
    const distance = document.createElement("span");
    link.href = url;
    link.textContent = `${name} `;
    distance.textContent = near.dataset.away.replace("{km}", Math.max(1, Math.round(away)));
    link.append(distance);
    row.append(link);
    return row;
  }
}

function kilometres(latitude, longitude, otherLatitude, otherLongitude) {
  const [a, b] = [latitude, otherLatitude].map(radians);
  const north = Math.sin((b - a) / 2);
  const east = Math.sin(radians(otherLongitude - longitude) / 2);
  return 2 * EARTH * Math.asin(Math.sqrt(north * north + Math.cos(a) * Math.cos(b) * east * east));
}

function radians(degrees) {
  return (degrees * Math.PI) / 180;
}
