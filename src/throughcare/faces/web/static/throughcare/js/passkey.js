// Lets the browser make or show a passkey, and sends what it says with the form around the button.
const toBytes = (words) => Uint8Array.from(atob(words.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const toWords = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const listed = (all) => all?.map((one) => ({ ...one, id: toBytes(one.id) }));

async function options(form) {
  if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent).publicKey;
  const answer = await fetch(form.dataset.optionsUrl, { headers: { Accept: "application/json" } });
  return (await answer.json()).publicKey;
}

function plain(credential) {
  const said = credential.response;
  const response = { clientDataJSON: toWords(said.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (said[name]) response[name] = toWords(said[name]);
  }
  return {
    id: credential.id,
    rawId: toWords(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function ask(form) {
  const publicKey = await options(form);
  publicKey.challenge = toBytes(publicKey.challenge);
  if (form.dataset.passkey === "create") {
    publicKey.user.id = toBytes(publicKey.user.id);
    publicKey.excludeCredentials = listed(publicKey.excludeCredentials);
    return navigator.credentials.create({ publicKey });
  }
  publicKey.allowCredentials = listed(publicKey.allowCredentials);
  return navigator.credentials.get({ publicKey });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("button[type=button]");
  if (!window.PublicKeyCredential) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const told = form.querySelector("[data-said]");
    told.textContent = "";
    try {
      form.elements.passkey.value = JSON.stringify(plain(await ask(form)));
      form.requestSubmit();
    } catch (trouble) {
      told.textContent = trouble.name === "InvalidStateError"
        ? "This device has a passkey for you already."
        : "No passkey was shown. Try again, or use another way.";
    }
  });
}
