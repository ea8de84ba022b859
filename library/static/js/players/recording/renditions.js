// The renditions of a recording, as its page lists them: name, words, weight, file.
export function renditionsOf(section) {
  const rows = [...section.querySelectorAll("[data-rendition]")];
  const renditions = rows.map((row) => {
    const element = row.querySelector("video, audio");
    const file = fileFor(element);
    return {
      name: row.dataset.rendition,
      label: row.querySelector("summary b").textContent,
      weight: file.dataset.weight ?? row.querySelector("summary .kb").textContent,
      film: element.matches("video"),
      src: file.src,
      element,
    };
  });
  return [...renditions, ...adaptive(section, renditions)];
}

// The first file that this browser reads, as the element itself would choose.
function fileFor(element) {
  const files = [...element.querySelectorAll("source")];
  return files.find((file) => element.canPlayType(file.type)) ?? files.at(-1) ?? element;
}

// Browsers that play HLS by themselves may change the rung while they play.
function adaptive(section, renditions) {
  const films = renditions.filter((rendition) => rendition.film);
  const address = section.dataset.adaptive;
  if (!address || !films[0]?.element.canPlayType("application/vnd.apple.mpegurl")) return [];
  const weight = films.length > 1 ? `${films[0].weight} – ${films.at(-1).weight}` : films[0].weight;
  return [{ ...films[0], name: "hls", label: section.dataset.adaptiveLabel, weight, src: address }];
}
