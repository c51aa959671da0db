// The phone's own store: words that wait to be sent, pages that were kept, and what the person chose. For pages and the
// service worker alike. Nothing lies here in clear: what waits is sealed to its writer's account and only the house opens
// it; kept pages are sealed under a key that this browser holds and nobody reads out.
self.keptStore = (() => {
  const STORES = ["waiting", "pages", "chosen"];
  const bytes = (words) => new TextEncoder().encode(words);
  const toWords = (buffer) => {
    let said = "";
    for (const one of new Uint8Array(buffer)) said += String.fromCharCode(one);
    return btoa(said);
  };
  const toBytes = (words) => Uint8Array.from(atob(words), (one) => one.charCodeAt(0));
  const usable = "indexedDB" in self && Boolean(self.crypto?.subtle);

  function opened() {
    return new Promise((done, failed) => {
      const asked = indexedDB.open("throughcare", 1);
      asked.onupgradeneeded = () => STORES.forEach((name) => asked.result.createObjectStore(name));
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
  }

  async function inStore(name, mode, act) {
    const database = await opened();
    try {
      return await new Promise((done, failed) => {
        const work = database.transaction(name, mode, { durability: "strict" });
        const asked = act(work.objectStore(name));
        work.oncomplete = () => done(asked?.result);
        work.onerror = work.onabort = () => failed(work.error);
      });
    } finally {
      database.close();
    }
  }

  const read = (name, key) => inStore(name, "readonly", (store) => store.get(key));
  const all = (name) => inStore(name, "readonly", (store) => store.getAll());
  const write = (name, key, value) => inStore(name, "readwrite", (store) => store.put(value, key));
  const drop = (name, key) => inStore(name, "readwrite", (store) => store.delete(key));
  const empty = (name) => inStore(name, "readwrite", (store) => store.clear());

  // To the house: what is sealed so can't be opened on the phone again.
  async function sealTo(key, words) {
    const theirs = await crypto.subtle.importKey("raw", toBytes(key), { name: "ECDH", namedCurve: "P-256" }, true, []);
    const ours = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
    const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256);
    const derived = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
    const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: bytes("throughcare later") };
    const cipher = await crypto.subtle.deriveKey(how, derived, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, cipher, bytes(words));
    const point = await crypto.subtle.exportKey("raw", ours.publicKey);
    return toWords(await new Blob([point, iv, sealed]).arrayBuffer());
  }

  // On this phone: under a key that stays in the browser and goes with what it opens.
  const newKey = () => crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);

  async function keepPage(path, html, key) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes(html));
    await write("pages", path, { path, iv, sealed, at: Date.now() });
  }

  async function keptPage(path, key) {
    const found = await read("pages", path);
    if (!found || !key) return null;
    const html = await crypto.subtle.decrypt({ name: "AES-GCM", iv: found.iv }, key, found.sealed);
    return { html: new TextDecoder().decode(html), at: found.at };
  }

  // What of this phone is somebody's: their choice with the keys, and what waits of theirs.
  const chosen = () => read("chosen", "own phone");
  const choose = (choice) => write("chosen", "own phone", choice);

  async function forgetPages(but = "") {
    for (const page of await all("pages")) if (page.path !== but) await drop("pages", page.path);
  }

  // Signing out: everything of theirs goes, but the plan where they chose that it stays.
  async function forget(whose) {
    for (const one of await all("waiting")) if (one.whose === whose) await drop("waiting", one.key);
    const choice = await chosen();
    if (!choice || choice.whose !== whose) return;
    await forgetPages(choice.plan ? choice.planPath : "");
    if (choice.plan) await choose({ ...choice, pagesKey: null, until: 0 });
    else await drop("chosen", "own phone");
  }

  return { usable, read, all, write, drop, empty, sealTo, newKey, keepPage, keptPage, chosen, choose, forget, forgetPages };
})();
