# The service as an image: built with everything, run with what it needs. The database is another container.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 LOG_FORMAT=json
# `blizniak load` reads plans in GeoPackage and Shapefile by ogr2ogr.
RUN apt-get update && apt-get install -y --no-install-recommends gdal-bin && rm -rf /var/lib/apt/lists/*
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json ./
# DATABASE_URL must be given: this image holds no PostgreSQL.
USER node
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:'+(process.env.PORT||8080)+'/ready').then((r)=>process.exit(r.ok?0:1),()=>process.exit(1))"]
# Straight to node: SIGTERM must reach the service, not a shell. The flag is that of `npm start`.
CMD ["node", "--max-semi-space-size=32", "--no-allocation-site-pretenuring", "dist/scripts/blizniak.js", "start"]
