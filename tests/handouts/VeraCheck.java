import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;

/** Validates the files named on standard input, one a line, against each profile named as an argument (ua1, 2a). */
public class VeraCheck {
    public static void main(String[] profiles) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        BufferedReader files = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        for (String file = files.readLine(); file != null; file = files.readLine()) {
            for (String profile : profiles) {
                System.out.println(String.join("\t", file, profile, check(file, PDFAFlavour.byFlavourId(profile))));
            }
        }
    }

    /** Whether the file passes, how many assertions were made, and the rules that failed, divided by tabs. */
    private static String check(String file, PDFAFlavour flavour) {
        try (InputStream content = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(content, flavour, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            String failed = result.getFailedChecks().keySet().stream()
                    .map(rule -> rule.getClause() + "-" + rule.getTestNumber()).sorted().collect(Collectors.joining(" "));
            return (result.isCompliant() ? "pass" : "fail") + "\t" + result.getTotalAssertions() + "\t" + failed;
        } catch (Exception problem) {
            return "fail\t0\t" + problem;
        }
    }
}
