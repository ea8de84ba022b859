// Sends one file in pieces and does not give up: whatever is the link's or the server's fault is waited for, longer each time.
// Only what the server refuses (4xx) ends it. The server holds the state, so a reload, a crash or a night lose nothing.
const [SMALLEST, FIRST] = [64 * 1024, 256 * 1024]; // bytes of a piece; the largest is the server's wish
const QUICK_MS = 4000; // a piece that took less is followed by a larger one
const LONGEST_WAIT_S = 60;
const CANCEL_TRIES = 10; // what is left then is in the list
const [PIECE_MS, FINISH_MS] = [180_000, 600_000]; // a silent link is broken off after this time

export class Refusal extends Error {}

class Later extends Error {
  constructor(message, seconds) {
    super(message);
    this.seconds = seconds;
  }
}

const pause = (ms) =>
  new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      removeEventListener("online", over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    addEventListener("online", over);
  });

export class Sending {
  // words: texts for people; report({ part, message }) shows how far it is and what it waits for
  constructor(file, description, { url, token, words, report }) {
    Object.assign(this, { file, description, url, token, words, report });
    this.piece = FIRST;
    this.cancelled = false;
  }

  async run() {
    const body = JSON.stringify({ name: this.file.name, size: this.file.size, mime: this.file.type, ...this.description });
    this.begun = this.patiently(() => this.ask(this.url, { method: "POST", body }));
    this.upload = await this.begun;
    let offset = this.upload.offset;
    while (offset < this.file.size && !this.cancelled) {
      this.report({ part: offset / this.file.size, message: "" });
      offset = await this.sendPiece(offset);
    }
    if (this.cancelled) throw new Error("cancelled");
    this.report({ part: 1, message: this.words.checking });
    return this.finish();
  }

  async sendPiece(offset) {
    const started = performance.now();
    const { offset: next } = await this.patiently(() => {
      const body = this.file.slice(offset, offset + this.piece);
      return this.ask(this.upload.url, { method: "PATCH", body, headers: { "Upload-Offset": String(offset) } });
    });
    if (performance.now() - started < QUICK_MS) this.piece = Math.min(2 * this.piece, this.upload.chunk_bytes);
    return next;
  }

  async finish() {
    for (;;) {
      const done = await this.patiently(() => this.ask(`${this.upload.url}/finish`, { method: "POST" }, FINISH_MS));
      if (done.page) return done.page;
      await pause(2000);
    }
  }

  async cancel() {
    this.cancelled = true;
    if (this.upload) this.underway.abort();
    else await this.begun?.catch(() => null); // what the server is opening can only be cancelled once it is known
    for (let tries = 0; this.upload && tries < CANCEL_TRIES; tries += 1) {
      try {
        return await this.ask(this.upload.url, { method: "DELETE" });
      } catch (error) {
        if (error instanceof Refusal) throw error;
        await pause(1000); // the server may still be writing the last piece
      }
    }
    return null;
  }

  async patiently(action) {
    for (let failures = 0; ; failures += 1) {
      try {
        return await action();
      } catch (error) {
        if (error instanceof Refusal || this.cancelled) throw error;
        this.piece = Math.max(this.piece / 2, SMALLEST);
        const message = navigator.onLine ? error instanceof Later && error.message : this.words.offline;
        this.report({ message: message || this.words.again });
        const seconds = error.seconds || 2 ** failures * (0.75 + Math.random() / 2);
        await pause(1000 * Math.min(seconds, LONGEST_WAIT_S));
      }
    }
  }

  async ask(url, options, within = PIECE_MS) {
    this.underway = new AbortController();
    const timer = setTimeout(() => this.underway.abort(), within);
    const headers = { "X-CSRFToken": this.token, ...options.headers };
    try {
      const answer = await fetch(url, { ...options, headers, signal: this.underway.signal });
      return this.understood(answer, await answer.json().catch(() => ({})));
    } finally {
      clearTimeout(timer);
    }
  }

  understood(answer, reply) {
    if (answer.ok || (answer.status === 409 && "offset" in reply)) return reply;
    if (answer.status >= 500 || [408, 409, 425].includes(answer.status))
      throw new Later(reply.message, Number(answer.headers.get("Retry-After")));
    throw new Refusal(reply.message || (answer.status === 403 ? this.words.login : this.words.gone));
  }
}
