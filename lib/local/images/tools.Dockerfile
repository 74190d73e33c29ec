# The kit's command line on Node.js, which the Jobs of the kit run, and the JMX exporter for a Kafka image that lacks it. Everything lies beside
# this file and is checked against SHA256SUMS: the build asks the network for nothing but the base image.
#
# The base has Node.js 20 or newer, sh and cp. Give it by digest: --build-arg BASE=node:22-bookworm-slim@sha256:...
ARG BASE=node:22.19.0-bookworm-slim

FROM ${BASE} AS verified
USER 0:0
COPY . /context
RUN cd /context && sha256sum -c SHA256SUMS >/tmp/checked || { grep -v ': OK$' /tmp/checked; echo 'the files are not those that kdk images wrote: run it again' >&2; exit 1; }
RUN cd /context && test "$(find files -type f | wc -l)" -eq "$(grep -c . SHA256SUMS)" || { echo 'there are files that kdk images did not write: run it again into a new folder' >&2; exit 1; }

FROM ${BASE}
ARG BASE
ARG VERSION=unset
USER 0:0
RUN for program in node sh cp; do command -v "$program" >/dev/null || { echo "the base image $BASE lacks $program: give another one" >&2; exit 1; }; done
# Nothing here installs packages, and no program runs with more rights than who starts it.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn /usr/local/bin/yarnpkg /opt/yarn-v* \
  && find / -xdev -type f -perm /6000 -exec chmod a-s {} +
COPY --from=verified /context/files/opt/jmx-exporter /opt/jmx-exporter
COPY --from=verified /context/files/opt/kdk /opt/kdk
RUN ln -s /opt/kdk/dist/bin/kdk.js /usr/local/bin/kdk && kdk --version
ENV NODE_ENV=production
LABEL org.opencontainers.image.title="Kafka Deployment Kit" \
  org.opencontainers.image.description="kdk: topics, users, access and connectors of a Kafka cluster from an environment file" \
  org.opencontainers.image.version="$VERSION" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.base.name="$BASE"
WORKDIR /tmp
# The kubelet cannot tell a name from root.
USER 1000:1000
ENTRYPOINT []
CMD ["kdk", "--help"]
