// Records a voice in the browser and puts it into the form's own file field, so that the form sends it as any other file.
const part = document.querySelector("[data-recorder]");
const field = document.querySelector("input[type=file]");
const [record, stop, play, said] = ["record", "stop", "play", "said"].map((name) => part.querySelector(`[data-${name}]`));
const TYPES = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
const ENDINGS = { "audio/webm": "webm", "audio/ogg": "ogg", "audio/mp4": "m4a" };

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
const say = (words, seconds) => {
    said.textContent = words.replace("{}", clock(seconds));
};

async function begin() {
    let microphone;
    try {
        microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
        say(part.dataset.refused, 0);
        return;
    }
    const type = TYPES.find((each) => MediaRecorder.isTypeSupported(each));
    const recorder = new MediaRecorder(microphone, type ? { mimeType: type } : {});
    const pieces = [];
    const began = performance.now();
    const seconds = () => (performance.now() - began) / 1000;
    const told = setInterval(() => say(part.dataset.going, seconds()), 500);
    recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    recorder.addEventListener("stop", () => {
        clearInterval(told);
        microphone.getTracks().forEach((track) => track.stop());
        keep(pieces, recorder.mimeType.split(";")[0]);
        say(part.dataset.done, seconds());
        show(false);
    });
    stop.onclick = () => recorder.stop();
    recorder.start();
    say(part.dataset.going, 0);
    show(true);
}

function show(going) {
    record.hidden = going;
    stop.hidden = !going;
    play.hidden = going;
    (going ? stop : record).focus();
}

function keep(pieces, type) {
    const files = new DataTransfer();
    files.items.add(new File(pieces, `ghi-am.${ENDINGS[type] ?? "webm"}`, { type }));
    field.files = files.files;
}

async function hear() {
    const sound = new AudioContext();
    const source = sound.createBufferSource();
    source.buffer = await sound.decodeAudioData(await field.files[0].arrayBuffer());
    source.connect(sound.destination);
    source.onended = () => sound.close();
    source.start();
}

if (navigator.mediaDevices && window.MediaRecorder) {
    part.hidden = false;
    record.addEventListener("click", begin);
    play.addEventListener("click", hear);
}
