/** Says so when the network is gone, and takes it back when it returns. */
const NOTICE = '网络已断开，页面上的内容仍在。恢复连接后再提交，请不要关闭页面。';

const bar = document.createElement('p');
bar.className = 'offline-bar';
bar.setAttribute('role', 'status');
document.body.append(bar);

const show = (text: string) => {
  bar.textContent = text;
  bar.classList.toggle('offline-shown', text !== '');
};

addEventListener('offline', () => show(NOTICE));
addEventListener('online', () => show(''));
document.body.addEventListener('htmx:sendError', () => show(NOTICE));
document.body.addEventListener('htmx:afterOnLoad', () => show(''));
