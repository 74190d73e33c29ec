import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallback;

/**
 * A stand-in for how Amazon MSK takes IAM tokens: it looks at the form (a signed request for kafka-cluster:Connect that is still good), and
 * does not ask AWS who signed it. Amazon MSK judges such callers by policies and never by ACLs, so here all of them are one super user.
 */
public final class IamTokenForm implements AuthenticateCallbackHandler {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    @Override
    public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {}

    @Override
    public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
        for (Callback callback : callbacks) {
            if (!(callback instanceof OAuthBearerValidatorCallback)) throw new UnsupportedCallbackException(callback);
            OAuthBearerValidatorCallback asked = (OAuthBearerValidatorCallback) callback;
            try {
                asked.token(read(asked.tokenValue()));
            } catch (RuntimeException wrong) {
                asked.error("invalid_token", null, null);
            }
        }
    }

    private static OAuthBearerToken read(String value) {
        String url = new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8);
        Map<String, String> query = new HashMap<>();
        for (String pair : url.substring(url.indexOf('?') + 1).split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], java.net.URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        String[] credential = query.get("X-Amz-Credential").split("/");
        Instant start = Instant.from(DATE.parse(query.get("X-Amz-Date")));
        Instant end = start.plusSeconds(Long.parseLong(query.get("X-Amz-Expires")));
        if (!url.startsWith("https://kafka." + credential[2] + ".amazonaws.com/?")
                || !"kafka-cluster:Connect".equals(query.get("Action"))
                || !"kafka-cluster".equals(credential[3])
                || query.get("X-Amz-Signature").length() != 64
                || end.isBefore(Instant.now())) throw new IllegalArgumentException("not a token of IAM");
        return new OAuthBearerToken() {
            public String value() { return value; }
            public Set<String> scope() { return Collections.emptySet(); }
            public long lifetimeMs() { return end.toEpochMilli(); }
            public String principalName() { return "iam"; }
            public Long startTimeMs() { return start.toEpochMilli(); }
        };
    }

    @Override
    public void close() {}
}
