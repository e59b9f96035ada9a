// Login with a user and an API key; as a page at first, above the page when a session has ended.
import { html, useState } from '../lib.js';
import { logIn, session } from '../api.js';

export function Login({ over = false }) {
  const [user, setUser] = useState(session.value?.user ?? 'admin');
  const [key, setKey] = useState('');
  const [error, setError] = useState(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await logIn(user.trim(), key.trim());
    } catch (failure) {
      setError(failure.status === 401 ? 'The user and the API key do not match.' : failure.message);
      setBusy(false);
    }
  };
  return html`<main class=${over ? 'login over' : 'login'}>
    <form class="card" onSubmit=${submit} aria-labelledby="login-title">
      <h1 id="login-title"><img src=${new URL('../../favicon.svg', import.meta.url).href} alt="" width="28" height="28" /> ${over ? 'Log in again' : 'Slipway'}</h1>
      ${over && html`<p class="dim">Your session has ended. The page stays as it is.</p>`}
      <label class="field">User<input name="username" autocomplete="username" spellcheck="false" value=${user} onInput=${(event) => setUser(event.target.value)} required /></label>
      <label class="field">API key<input name="apikey" type="password" autocomplete="current-password" value=${key} onInput=${(event) => setKey(event.target.value)} required autofocus /></label>
      ${error && html`<p class="error" role="alert">${error}</p>`}
      <button class="primary" disabled=${busy} aria-busy=${busy}>Log in</button>
      <p class="dim hint">The administrator's key is in the data folder of the server: <code>cat .slipway/apikey</code></p>
    </form>
  </main>`;
}
