import { mount } from 'svelte';
import './styles/tokens.css';
import './styles/base.css';
import App from './lib/app/App.svelte';
import { directionOf, languageOf, speak } from './lib/messages';

// The shell names the language behind the #.
const tag = location.hash.slice(1);
if (navigator.platform.startsWith('Linux')) document.documentElement.dataset['platform'] = 'linux';
document.dir = directionOf(tag);
const target = document.getElementById('berth');
void speak(languageOf(tag)).then(() => target && mount(App, { target }));
