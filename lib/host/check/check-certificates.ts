/** The certificate of a node and the authorities that it trusts, as far as this host can judge them. */
export const CHECK_CERTIFICATES = `check_certificates() {
  if [ -f "$here/node.pem" ]; then pem=$here/node.pem; else pem=$keystore; fi
  if [ -f "$here/ca.crt" ]; then ca=$here/ca.crt; else ca=$truststore; fi
  missing=no
  [ -f "$pem" ] || { missing=yes && problem "there is no certificate of this node, got neither node.pem beside this script nor $keystore; key and certificate in one file are needed. See Certificates in RUNBOOK.md."; }
  [ -f "$ca" ] || { missing=yes && problem "there is no authority to trust, got neither ca.crt beside this script nor $truststore; its certificate is needed. See Certificates in RUNBOOK.md."; }
  [ "$missing" = no ] || return
  if grep -q -e '-----BEGIN ENCRYPTED PRIVATE KEY-----' "$pem"; then
    problem "the key in $pem is encrypted; Kafka gets no passphrase for it. Write it with: openssl pkcs8 -topk8 -nocrypt"
    return
  elif ! grep -q -e '-----BEGIN PRIVATE KEY-----' "$pem"; then
    problem "there is no key in $pem that Kafka reads, got $(grep -e '-----BEGIN .*KEY-----' "$pem" || printf none); PKCS #8 is needed. Write it with: openssl pkcs8 -topk8 -nocrypt"
    return
  fi
  if ! grep -q -e '-----BEGIN CERTIFICATE-----' "$pem" || ! grep -q -e '-----BEGIN CERTIFICATE-----' "$ca"; then
    problem "there is no certificate in $pem or $ca; PEM is needed in both. Put key and certificate into the one, the authority into the other."
    return
  fi
  if ! command -v openssl >/dev/null; then
    warn "there is no openssl here: the end, the names, the key and the authority of $pem were not looked at. kdk certificates does, where they were issued."
    return
  fi
  if ! openssl x509 -in "$pem" -noout 2>/dev/null; then
    problem "the certificate in $pem cannot be read; PEM is needed. Copy it again."
    return
  fi
  end=$(openssl x509 -in "$pem" -noout -enddate | cut -d = -f 2-)
  if ! openssl x509 -in "$pem" -noout -checkend 0 >/dev/null; then
    problem "the certificate in $pem has ended, got $end; one that is good is needed. Issue it again."
  elif ! openssl x509 -in "$pem" -noout -checkend 2592000 >/dev/null; then
    warn "the certificate in $pem ends on $end. Issue it again, and roll the node before that day."
  fi
  openssl x509 -in "$ca" -noout -checkend 2592000 >/dev/null || warn "the authority in $ca ends on $(openssl x509 -in "$ca" -noout -enddate | cut -d = -f 2-). Renew it before that day."
  [ "$(openssl x509 -in "$pem" -noout -pubkey)" = "$(openssl pkey -in "$pem" -pubout 2>/dev/null)" ] ||
    problem "the key in $pem is of another certificate; both are made together. Copy the file again, or issue it again."
  case $(openssl x509 -in "$pem" -noout -subject -nameopt RFC2253) in
    *"CN=$common_name" | *"CN=$common_name,"*) ;;
    *) problem "the certificate in $pem is not of a node of this cluster, got $(openssl x509 -in "$pem" -noout -subject -nameopt RFC2253); CN=$common_name is needed. Issue it as request.cnf says." ;;
  esac
  case $(openssl x509 -in "$pem" -noout "$check_name" "$host") in
    *' does match '*) ;;
    *) problem "the certificate in $pem is of another host, got $(openssl x509 -in "$pem" -noout -ext subjectAltName 2>/dev/null | tail -n 1 | sed 's/^ *//'); $host is needed. Copy the one of this host, or issue it as request.cnf says." ;;
  esac
  for purpose in sslserver sslclient; do
    verdict=$(openssl verify -no-CApath -CAfile "$ca" -untrusted "$pem" -purpose "$purpose" "$pem" 2>&1) && continue
    case $verdict in
      *'certificate has expired'*) openssl x509 -in "$pem" -noout -checkend 0 >/dev/null && problem "an authority of $pem has ended; one that is good is needed in $ca. Renew it." ;;
      *'not yet valid'*) problem "the certificate in $pem is not good yet, got $(openssl x509 -in "$pem" -noout -startdate | cut -d = -f 2-) as its first day, and today is $(date -u); look at the clock of this host." ;;
      *purpose*) problem "the certificate in $pem is not good for what a node does, got no $purpose; serverAuth and clientAuth are needed. Issue it as request.cnf says." ;;
      *) problem "the certificate in $pem is not signed by $ca, got $(printf '%s' "$verdict" | sed -n 's/^error.*: //p' | head -n 1); the authority that signed it is needed there. Copy the ca.crt that belongs to it." ;;
    esac
    break
  done
}
`;
