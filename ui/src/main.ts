import { mount } from 'svelte';
import './styles/tokens.css';
import './styles/base.css';
import App from './lib/app/App.svelte';
import { languageOf, speak } from './lib/messages';

// The shell names the language behind the #.
await speak(languageOf(location.hash.slice(1)));
const target = document.getElementById('berth');
if (target) mount(App, { target });
