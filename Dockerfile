# Portal, workbench, API and jobs in one container. Settings come from the environment: see docs/operations.md.
FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 GONGKAI_VAR=/var/lib/gongkai
WORKDIR /opt/gongkai
COPY package.json package-lock.json .npmrc ./
COPY scripts ./scripts
RUN npm ci --omit=dev --ignore-scripts && node scripts/run.mjs install && rm -rf var && npm cache clean --force
COPY . .
RUN useradd --system --user-group --home-dir /var/lib/gongkai gongkai \
  && install -d -o gongkai -g gongkai -m 0750 /var/lib/gongkai
USER gongkai
VOLUME /var/lib/gongkai
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "scripts/gongkai.mjs"]
CMD ["serve"]
