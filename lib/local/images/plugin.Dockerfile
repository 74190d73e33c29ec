# One plugin of Kafka Connect, for workers whose image lacks it. Everything lies beside this file and is checked against SHA256SUMS: the build asks
# the network for nothing but the base image.
#
# FINAL has sh and cp where the plugin is copied into the pods; where they mount the image itself it is scratch.
ARG BASE=busybox:1.37.0
ARG FINAL=${BASE}

FROM ${BASE} AS verified
USER 0:0
COPY . /context
RUN cd /context && sha256sum -c SHA256SUMS >/tmp/checked || { grep -v ': OK$' /tmp/checked; echo 'the files are not those that kdk images wrote: run it again' >&2; exit 1; }
RUN cd /context && test "$(find files -type f | wc -l)" -eq "$(grep -c . SHA256SUMS)" || { echo 'there are files that kdk images did not write: run it again into a new folder' >&2; exit 1; }

FROM ${FINAL}
ARG VERSION=unset
COPY --from=verified /context/files /
LABEL org.opencontainers.image.title="Plugin of Kafka Connect" \
  org.opencontainers.image.version="$VERSION"
# The kubelet cannot tell a name from root.
USER 1000:1000
