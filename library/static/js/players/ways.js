// The ways to take a recording, as its page lists them: name, words, price, file.
export function waysOf(section) {
  const rows = [...section.querySelectorAll("[data-way]")];
  const ways = rows.map((row) => {
    const element = row.querySelector("video, audio");
    const file = fileFor(element);
    return {
      name: row.dataset.way,
      label: row.querySelector("summary b").textContent,
      weight: file.dataset.weight ?? row.querySelector("summary .kb").textContent,
      film: element.matches("video"),
      src: file.src,
      element,
    };
  });
  return [...ways, ...adaptive(section, ways)];
}

// The first file that this browser reads, as the element itself would choose.
function fileFor(element) {
  const files = [...element.querySelectorAll("source")];
  return files.find((file) => element.canPlayType(file.type)) ?? files.at(-1) ?? element;
}

// Browsers that play HLS by themselves may choose the rung as they go.
function adaptive(section, ways) {
  const films = ways.filter((way) => way.film);
  const address = section.dataset.adaptive;
  if (!address || !films[0]?.element.canPlayType("application/vnd.apple.mpegurl")) return [];
  const weight = films.length > 1 ? `${films[0].weight} – ${films.at(-1).weight}` : films[0].weight;
  return [{ ...films[0], name: "hls", label: section.dataset.adaptiveLabel, weight, src: address }];
}
