import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { applyTheme, storedTheme } from './app/theme';
import './app/tokens.css';
import './app/base.css';

applyTheme(storedTheme());
const place = document.getElementById('page');
if (place) createRoot(place).render(<App />);
