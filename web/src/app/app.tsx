import { ToastProvider } from '../components/toast';
import { Page } from './page';

export function App() {
  return (
    <ToastProvider>
      <Page />
    </ToastProvider>
  );
}
