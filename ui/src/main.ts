import { mount } from 'svelte';
import './styles/tokens.css';
import './styles/base.css';
import App from './lib/app/App.svelte';

const target = document.getElementById('berth');
if (target) mount(App, { target });
