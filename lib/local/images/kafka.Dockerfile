# Apache Kafka, the JMX exporter and plugins of Connect, laid out as the pods of the kit expect them. Everything lies beside this file and is
# checked against SHA256SUMS: the build asks the network for nothing but the base image.
#
# The base has Java 17 or newer and bash. Give it by digest: --build-arg BASE=eclipse-temurin:21-jre-noble@sha256:...
ARG BASE=eclipse-temurin:21.0.8_9-jre-noble

FROM ${BASE} AS verified
USER 0:0
COPY . /context
RUN cd /context && sha256sum -c SHA256SUMS >/tmp/checked || { grep -v ': OK$' /tmp/checked; echo 'the files are not those that kdk images wrote: run it again' >&2; exit 1; }
RUN cd /context && test "$(find files -type f | wc -l)" -eq "$(grep -c . SHA256SUMS)" || { echo 'there are files that kdk images did not write: run it again into a new folder' >&2; exit 1; }

FROM ${BASE}
ARG BASE
ARG VERSION=unset
USER 0:0
RUN for program in java bash; do command -v "$program" >/dev/null || { echo "the base image $BASE lacks $program: give another one" >&2; exit 1; }; done
# No program of the base runs with more rights than who starts it.
RUN find / -xdev -type f -perm /6000 -exec chmod a-s {} +
COPY --from=verified /context/files/opt/kafka/libs /opt/kafka/libs
COPY --from=verified /context/files/opt/jmx-exporter /opt/jmx-exporter
COPY --from=verified /context/files/opt/kafka/plugins /opt/kafka/plugins
COPY --from=verified /context/files/opt/kafka/config /opt/kafka/config
COPY --from=verified /context/files/opt/kafka/bin /opt/kafka/bin
# What is inside, for scanners and for sha256sum -c.
COPY --from=verified /context/files/opt/kafka/artifacts.txt /opt/kafka/artifacts.txt
ENV PATH=/opt/kafka/bin:$PATH
LABEL org.opencontainers.image.title="Apache Kafka" \
  org.opencontainers.image.description="Brokers, controllers and Connect workers for the Kafka Deployment Kit" \
  org.opencontainers.image.version="$VERSION" \
  org.opencontainers.image.licenses="Apache-2.0" \
  org.opencontainers.image.base.name="$BASE"
WORKDIR /opt/kafka
# The kubelet cannot tell a name from root.
USER 1000:1000
ENTRYPOINT []
CMD ["bash"]
