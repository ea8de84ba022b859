// What a person sees when the browser has no passkeys, or when reading one failed. django-allauth's script does the rest.
const button = document.getElementById("passkey-button");
const error = document.querySelector("[data-passkey-error]");

if (!window.PublicKeyCredential) button.hidden = true;

document.addEventListener("allauth.error", event => {
    event.preventDefault();
    error.hidden = false;
});
button.addEventListener("click", () => { error.hidden = true; });
