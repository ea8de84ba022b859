// The waveform from a BBC audiowaveform file, version 2 of .dat: a head of 24 bytes, then smallest and largest sample in turn.
const HEAD = 24;

// → { second: points of one second, points: Int8Array of smallest and largest in turn }
export async function readPeaks(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`peaks: ${answer.status}`);
  const bytes = await answer.arrayBuffer();
  const view = new DataView(bytes);
  if (view.getInt32(0, true) !== 2 || !(view.getUint32(4, true) & 1)) throw new Error("peaks: another version");
  const [rate, samples] = [view.getInt32(8, true), view.getInt32(12, true)];
  return { second: rate / samples, points: new Int8Array(bytes, HEAD) };
}

// One line a point of the screen: what was played in one colour, what is ahead in another.
export function wave(pen, { second, points }, { width, height, length, at, ahead, behind }) {
  const loudest = points.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const middle = height / 2;
  for (let column = 0; column < width; column += 2) {
    const first = Math.floor((column / width) * length * second);
    const last = Math.max(first + 1, Math.floor(((column + 2) / width) * length * second));
    let most = 0;
    for (let point = first * 2; point < last * 2 && point < points.length; point++) most = Math.max(most, Math.abs(points[point]));
    const half = Math.max(0.5, (most / loudest) * (middle - 2));
    pen.fillStyle = (column / width) * length <= at ? behind : ahead;
    pen.fillRect(column, middle - half, 1.4, half * 2);
  }
}
