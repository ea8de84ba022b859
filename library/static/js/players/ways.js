// The ways to take a recording, as its page lists them: name, words, price, file.
export function waysOf(section) {
  const rows = [...section.querySelectorAll("[data-way]")];
  const ways = rows.map((row) => {
    const element = row.querySelector("video, audio");
    return {
      name: row.dataset.way,
      label: row.querySelector("summary b").textContent,
      weight: row.querySelector("summary .kb").textContent,
      film: element.matches("video"),
      src: element.querySelector("source")?.src ?? element.src,
      element,
    };
  });
  return [...ways, ...adaptive(section, ways)];
}

// Browsers that play HLS by themselves may choose the rung as they go.
function adaptive(section, ways) {
  const films = ways.filter((way) => way.film);
  const address = section.dataset.adaptive;
  if (!address || !films[0]?.element.canPlayType("application/vnd.apple.mpegurl")) return [];
  const weight = films.length > 1 ? `${films[0].weight} – ${films.at(-1).weight}` : films[0].weight;
  return [{ ...films[0], name: "hls", label: section.dataset.adaptiveLabel, weight, src: address }];
}
