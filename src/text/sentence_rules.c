/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* sentence_rules.c - see sentence_rules.h. The lists hold what is common in
 * news and letters, no more: a rare abbreviation is mostly followed by a small
 * letter or a comma and needs no list. */
#include "text/sentence_rules.h"

#include <string.h>

/* The first row is that of every language without one; its lists hold for
 * all. */
static const zub_sentence_rules rules[] = {
    {.langs = " und ",
     .titles = " dr mr mrs ms ph prof st ",
     .counts = " no nr art vol p pp "},
    {.langs = " en ",
     .titles = " mr mrs ms messrs mx dr drs prof profs st ste mt ft rev hon "
               "fr sr sra gen maj col lt sgt capt cpt cmdr adm brig cpl pvt "
               "sen sens rep reps gov govs pres supt det insp atty ald "
               "msgr mgr mme mlle vs v viz cf e.g i.e esp ",
     .counts = " no nos n° nr p pp pg vol vols ch chap fig figs sec sect art "
               "par para eq ex ext op ca approx circa rs apt pt jan feb mar "
               "apr jun jul aug sep sept oct nov dec tel ",
     .starts = " a after all although an and another as at because before "
               "but by did do does during even every few for from had has "
               "have he her here his how however i if in is it its last "
               "later many millions more most mr mrs ms my no not now on one "
               "our several she since so some soon such that the their then "
               "there these they this those though to today two under until "
               "was we well were what when where which while who why will "
               "with yes yet you your "},
    {.langs = " de lb gsw ",
     .flags = ZUB_ORDINALS,
     .titles = " dr prof hr fr frl mag dipl ing st med phil jur rer nat dent "
               "vet theol habil hl gebr ggf bzw vgl evtl inkl exkl zzgl ca "
               "sog geb gest gen amtl allg bes insb max min z.b u.a d.h z.t "
               "i.d.r v.a s.o s.u o.g u.u z.zt m.e i.a z v u o d i s ",
     .counts = " nr art abs bd kap s str tel jan feb mär apr jun jul aug sep "
               "sept okt nov dez mo di mi do sa so ziff anm abb tab jh ",
     .starts = " aber als am an auch auf aus bei da damit danach das dem den "
               "der die dies diese dieser doch ein eine einer er es für hier "
               "ich ihr im in ist man mit nach nicht noch nur sein seine seit "
               "sie so und viele von vor was wenn wer wie wir zu zum zur "},
    {.langs = " fr ",
     .titles = " m mm av mme mmes mlle mlles dr drs pr me mgr st ste cie cf ",
     .counts = " art no n° nos p pp vol chap fig av bd tél janv févr avr juil "
               "sept oct nov déc ",
     .starts = " à au aux ce ces cette comme dans de depuis des elle elles en "
               "et il ils je la le les leur lors mais nous on or par pour "
               "quand que qui sa selon ses si son sur un une vous "},
    {.langs = " es gl ",
     .titles = " sr sra sres sras srta srtas dr dra dres prof profa d dña da "
               "fr st gral gob ing lic arq mons pbro sto sta ud uds vd vds ee "
               "avda av cap cía ",
     .counts = " art arts núm núms nº no n pág págs párr párrs párrf vol tomo "
               "cap fig tel tfno ext cra cl apdo ene feb mar abr may jun jul "
               "ago sep sept set oct nov dic lun mié jue vie sáb dom ed ",
     .starts = " a al así aunque como con cuando de del después desde el ella "
               "ellos en entre es esta este esto fue ha hay la las lo los más "
               "no para pero por que se según si sin sobre su sus también "
               "tras un una y "},
    {.langs = " it ",
     .titles = " sig sigg sig.ra sig.na dott dott.ssa dr prof prof.ssa ing "
               "avv arch geom rag on sen dir amm mons s ss gen col cap ten "
               "magg cav comm egr gent spett ad.es es cfr ",
     .counts = " art artt n nn num pag pagg p pp vol cap fig l tel ca gen feb "
               "mar apr mag giu lug ago set sett ott nov dic lun mer gio ven "
               "sab dom sec ",
     .starts = " a al alla anche che chi ci come con così da dal dalla del "
               "della di dopo e è gli ha i il in la le lo ma nel nella non "
               "per più quando questa questo se si sono su un una "},
    {.langs = " pt ",
     .titles = " sr sra srs sras srta dr dra drs prof profa d exmo exma eng "
               "arq gen cel cap min dep sen pe fr s sto sta av ",
     .counts = " art arts n nº núm no pág págs p pp vol cap fig tel jan fev "
               "mar abr mai jun jul ago set out nov dez r ",
     .starts = " a ao as com como da de depois do e é ela ele eles em entre "
               "esta este foi já mas na não nas no nos o os para por quando "
               "que se segundo sem um uma "},
    {.langs = " nl af ",
     .titles = " dhr mevr mw mr mrs dr drs ir ing prof mgr st ds bijv b.v "
               "d.w.z o.a m.b.t t.a.v i.v.m m.n ",
     .counts = " nr nrs art blz p pp fig hfst tel ca jan feb mrt apr jun jul "
               "aug sept okt nov dec ",
     .starts = " als bij dat de deze die dit door een en er het hij ik in is "
               "maar met na niet nu om ook op te toen van volgens voor wat we "
               "zij ze zo "},
    {.langs = " ru be ",
     .titles = " г гг ул пр просп пл пер наб им акад проф доц д-р гр тов "
               "г-н г-жа пос пгт дер обл р-н оз св см ср напр т.е т.н т.к "
               "т.д адм ген полк род ум ок букв ",
     .counts = " чел стр с п пп гл рис табл т тт ч кв корп стр д ст № янв фев "
               "февр апр авг сент окт нояб дек тел ",
     .starts = " в во все для до его если её за и из или их к как когда кроме "
               "на не но о об однако он она они от по под после при с также "
               "так то у что эта это этот я "},
    {.langs = " uk ",
     .titles = " вул просп пл пров ім акад проф доц д-р гр м св див напр "
               "тов п смт обл р-н ",
     .counts = " стор с п гл рис мал табл т ч кв буд ст № р рр тел ",
     .starts = " а але в він вона вони для до за з і й його на не про та у це "
               "цей що як "},
    {.langs = " bg mk sr hr bs sl ",
     .flags = ZUB_ORDINALS,
     .titles = " ул бул пл проф акад д-р инж доц св им г-н г-жа ген полк "
               "напр dr prof mr ing sv npr tzv akad ul gđa gđica ",
     .counts = " стр с чл ал т гл бр č čl str br tel "},
    {.langs = " pl ",
     .flags = ZUB_ORDINALS,
     .titles = " dr prof hab mgr inż lek ks bp abp kard św płk ppłk gen mjr "
               "kpt por ppor kpr sierż nadkom asp ul al pl os im tzw tzn np "
               "m.in ww ok proj red woj pow zob por wg ",
     .counts = " art ust pkt poz par nr str s t tab rys godz tel lit zał "},
    {.langs = " cs sk ",
     .flags = ZUB_ORDINALS,
     .titles = " dr prof doc ing mgr mudr judr phdr rndr bc csc sv gen plk "
               "mjr kpt ul nám tř např napr tzv tj mj resp popř odst ",
     .counts = " č čís str s kap obr tab čl par tel odd ods "},
    {.langs = " hu et lv lt is tr az kk ky tk uz ",
     .flags = ZUB_ORDINALS,
     .titles = " dr prof doç yrd av sn hz mad cad sok mah bkz vs örn ör gör "
               "pl org korg tümg alb yzb özv ifj id st т.б б.з.б ж т.с.с ",
     .counts = " no nr sz s o old md m t tel "},
    {.langs = " fi sv da nb nn no fo ",
     .flags = ZUB_ORDINALS,
     .titles = " dr prof st skt hr fr frk s o.s tri toim ent synt mm esim "
               "ns ts lat ven ruots saks engl ransk jap ukr kr bl.a t.ex "
               "s.k f.eks d.v.s dvs osv ca jf jvf cand stud ",
     .counts = " nr no s sid p pp kap art tlf tel kl klo kpl jan feb mar apr "
               "jun jul aug sep sept okt nov dec des bd ",
     .starts = " de den der det dette disse en et för han hun hon hur "
               "hvad hva hvor i ja jag jeg men når när og och om på så som "
               "vad var vi "},
    {.langs = " ro ",
     .titles = " dl d-l d-na dna dr prof ing sf st str bd gen col cf ",
     .counts = " nr art pag p vol cap fig alin lit tel "},
    {.langs = " el ",
     .flags = ZUB_SEMICOLON_ASKS,
     .titles = " κ κκ κα δρ καθ αγ στρ βλ λ.χ π.χ δηλ πρβλ ",
     .counts = " αρ αριθ σ σελ σσ άρθ παρ τ τόμ κεφ εικ τηλ "},
    {.langs = " id ms jv su ",
     .titles = " dr drs dra prof ir h hj kh tn ny sdr st jl dsn dk ds kec kab "
               "bl pt cv co pte ",
     .counts = " no nomor hlm hal vol ps pasal tgl telp "},
    {.langs = " vi ",
     .titles = " ts pgs gs ths tp bs ks mr mrs dr ",
     .counts = " số tr "},
    {.langs = " ar arz ",
     .flags = ZUB_LONG_PAUSES | ZUB_KEEPS_QUOTES,
     .titles = " د أ م ا ",
     .counts = " ص ج ق هـ "},
    {.langs = " fa ur ps ckb sd ug pnb ku ", .flags = ZUB_PAUSES},
    {.langs = " he yi ", .titles = " ד פרופ גב מר ", .counts = " עמ מס "},
    {.langs = " hy ", .flags = ZUB_COLON_ENDS},
    {.langs = " th ",
     .flags = ZUB_SPACE_ENDS,
     .joins = " และ โดย ซึ่ง หรือ ของ เช่น เป็น ได้ ล้าน พัน ว่า ถึง เพื่อ "
              "จึง ก็ รวม กับ แล้ว ",
     .opens = " ว่า ที่ คือ ปี เช่น ถึง ของ และ หรือ ๆ โดย กับ ใน นั้น "},
    {.langs = " lo ", .flags = ZUB_SPACE_ENDS},
    {.langs = " ko ", .flags = ZUB_VERB_ENDS},
    {.langs = " ta te kn ml ", .flags = ZUB_SHORT_INITIALS},
    {.langs = " hi mr ne sa gu pa ",
     .titles = " डॉ प्रो श्री पं सं मि ",
     .counts = " सं क्र रु पृ "},
};

const zub_sentence_rules *zub_sentence_rules_find(const char *lang)
{
    size_t size = strcspn(lang, "-_");
    char name[12] = " ";

    if (size == 0 || size > sizeof name - 3)
        return rules;
    memcpy(name + 1, lang, size);
    memcpy(name + 1 + size, " ", 2);
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (strstr(rules[i].langs, name))
            return &rules[i];
    return rules;
}
