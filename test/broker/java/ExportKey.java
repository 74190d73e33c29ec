import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/** Prints the only private key of a PKCS #12 keystore as PEM, PKCS #8: keytool exports certificates alone. */
public class ExportKey {
    public static void main(String[] args) throws Exception {
        char[] password = args[1].toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var stream = Files.newInputStream(Path.of(args[0]))) {
            store.load(stream, password);
        }
        byte[] key = store.getKey(store.aliases().nextElement(), password).getEncoded();
        System.out.println("-----BEGIN PRIVATE KEY-----");
        System.out.println(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key));
        System.out.println("-----END PRIVATE KEY-----");
    }
}
