package dev.kstack.spec;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProposalTest {
  /** A rule that quotes the mail stands beside the sentence that it quotes. */
  @Test
  void everyRuleOfTheMailHasItsSentence() {
    for (Rule rule : Rule.values()) {
      boolean fromTheMail = rule.sentence().endsWith("(Hansen)");
      boolean named = Proposal.SENTENCES.stream().anyMatch(s -> s.rules().contains(rule));
      assertTrue(fromTheMail == named, rule + " is in the mail: " + fromTheMail);
    }
  }

  @Test
  void whatARuleQuotesStandsInTheMail() {
    String mail =
        String.join(" ", Proposal.SENTENCES.stream().map(Proposal.Sentence::text).toList());
    Arrays.stream(Rule.values())
        .filter(rule -> rule.sentence().endsWith("(Hansen)"))
        .forEach(
            rule -> {
              String quoted =
                  rule.sentence().replace("\" (Hansen)", "").replaceFirst("^\"(\\.\\.\\. )?", "");
              assertTrue(mail.contains(quoted), rule + ": " + quoted);
            });
  }

  @Test
  void aSentenceThatStatesNoRuleSaysWhy() {
    for (Proposal.Sentence sentence : Proposal.SENTENCES) {
      assertFalse(sentence.remark().isBlank(), sentence.text());
    }
  }
}
